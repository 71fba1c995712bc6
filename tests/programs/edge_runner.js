// Runs the edge function for tests. Each line of the standard input is {"keys": {...}, "live": "...",
// "event": {...}}, each line of the output what the function returned, or {"threw": message}. The first line
// is {"code": "..."}. No process, network or file is within the function's reach.
const readline = require('readline');
const vm = require('vm');

let run;

function load(code) {
  const keys = { now: {} };
  const kvs = {
    get: async (key, options) => {
      if (!Object.prototype.hasOwnProperty.call(keys.now, key)) throw new Error('KeyNotFound');
      return options && options.format === 'json' ? JSON.parse(keys.now[key]) : keys.now[key];
    },
  };
  const context = vm.createContext({ cf: { kvs: () => kvs } });
  vm.runInContext(code.replace(/^import cf from 'cloudfront';$/m, '') + '\n;globalThis.run = handler;', context);
  return async (given) => {
    keys.now = given.keys;
    return context.run(JSON.parse(JSON.stringify(given.event)));
  };
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const given = JSON.parse(line);
    if (given.code) {
      run = load(given.code);
      continue;
    }
    const answer = await run(given).catch((error) => ({ threw: String(error) }));
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
})();
