// Runs the edge function for tests. Each line of the standard input is {"keys": {...}, "event": {...}}, each line
// of the output what the function returned, with the origin it chose and how many keys it read, or
// {"threw": message}. A line {"code": "..."} loads it. No process, network or file is within the function's reach.
const readline = require('readline');
const vm = require('vm');

let run;

function load(code) {
  const keys = { now: {}, reads: 0 };
  const kvs = {
    get: async (key, options) => {
      keys.reads += 1;
      if (!Object.prototype.hasOwnProperty.call(keys.now, key)) throw new Error('KeyNotFound');
      return options && options.format === 'json' ? JSON.parse(keys.now[key]) : keys.now[key];
    },
  };
  const chosen = {};
  const cf = { kvs: () => kvs, selectRequestOriginById: (id) => { chosen.origin = id; } };
  const context = vm.createContext({ cf, require: (name) => (name === 'crypto' ? require(name) : null) });
  vm.runInContext(code.replace(/^import cf from 'cloudfront';$/m, '') + '\n;globalThis.run = handler;', context);
  return async (given) => {
    keys.now = given.keys;
    keys.reads = 0;
    delete chosen.origin;
    const answer = await context.run(JSON.parse(JSON.stringify(given.event)));
    return { ...answer, ...chosen, reads: keys.reads };
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
