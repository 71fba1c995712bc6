// Runs CloudFront Functions: one JSON request a line on stdin, one JSON answer a line on stdout.
//
//   {code, runtime, event, store}  ->  {status: "ok", value, origin?}  or  {status: "error", message}
//
// store is null or {path, id, created, updated}: path is a JSON file {key: value} that never changes, so its
// content is read once and known by its path from then on.
//
// What a function may use: "JavaScript runtime 2.0 features for CloudFront Functions" and "Helper methods for
// key value stores", CloudFront Developer Guide. Node knows more of the language than CloudFront does.
'use strict';
const fs = require('fs');
const readline = require('readline');
const vm = require('vm');

const REMEMBERED = 8;
const context = vm.createContext(
  { console, Buffer, TextEncoder, TextDecoder, atob, btoa },
  { codeGeneration: { strings: false, wasm: false } },
);
const parse = vm.runInContext('JSON.parse', context);
const ContextError = vm.runInContext('Error', context);
const programs = new Map();
const stores = new Map();

// stdout carries the answers, so what functions log goes to stderr.
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

function remembered(map, key, make) {
  if (!map.has(key)) {
    if (map.size >= REMEMBERED) map.delete(map.keys().next().value);
    map.set(key, make(key));
  }
  return map.get(key);
}

// CloudFront documents imports as whole lines; they become requires, and the lines stay where they are.
function withoutImports(code) {
  return code
    .replace(/^[ \t]*import\s+(?:\*\s+as\s+)?([\w$]+)\s+from\s+(['"][\w:]+['"])[ \t]*;?/gm, 'const $1 = require($2);')
    .replace(/^[ \t]*import\s+\{([^}]*)\}\s+from\s+(['"][\w:]+['"])[ \t]*;?/gm, (_, names, from) =>
      `const {${names.replace(/\s+as\s+/g, ': ')}} = require(${from});`);
}

// The code runs anew for each event, as at CloudFront: nothing stays from one event to the next.
function program(code) {
  const source = withoutImports(code) + '\n;return typeof handler === "function" ? handler : null;';
  return vm.compileFunction(source, ['require'], { parsingContext: context, filename: 'function.js' });
}

function read(path) {
  return new Map(Object.entries(JSON.parse(fs.readFileSync(path, 'utf8'))));
}

function handle(store) {
  const values = remembered(stores, store.path, read);
  return {
    async get(key, options) {
      const value = values.get(key);
      if (value === undefined) throw new ContextError('KeyNotFound');
      const format = (options && options.format) || 'string';
      if (format === 'string') return value;
      if (format === 'json') return parse(value);
      if (format === 'bytes') return Buffer.from(value, 'utf8');
      throw new ContextError(`InvalidFormat: ${format}`);
    },
    async exists(key) { return values.has(key); },
    async count() { return values.size; },
    async meta() {
      return { creationDateTime: store.created, lastUpdatedDateTime: store.updated, keyCount: values.size };
    },
  };
}

function kvs(store, id) {
  if (!store) throw new ContextError('KvsNotAssociated: the function has no key value store');
  if (id !== undefined && id !== store.id) throw new ContextError(`KvsNotFound: ${id}`);
  return handle(store);
}

// What a function chooses besides its answer. `cf.selectRequestOriginById`: "Helper methods for origin
// modification", CloudFront Developer Guide; an origin that the distribution has not is an error.
function modules(runtime, store, chosen) {
  const cloudfront = {
    kvs: (id) => kvs(store, id),
    selectRequestOriginById(id) { chosen.origin = String(id); },
  };
  return (name) => {
    if (name === 'crypto' || name === 'querystring' || name === 'buffer') return require(name);
    if (name === 'cloudfront' && runtime === 'cloudfront-js-2.0') return cloudfront;
    throw new ContextError(`module "${name}" is not supported by ${runtime}`);
  };
}

async function run({ code, runtime, event, store }) {
  const chosen = {};
  const handler = remembered(programs, code, program)(modules(runtime, store, chosen));
  if (!handler) throw new ContextError('the code has no function handler(event)');
  const value = await handler(parse(JSON.stringify(event)));
  return { value: value === undefined ? null : value, origin: chosen.origin };
}

readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  let result;
  try {
    result = { status: 'ok', ...(await run(JSON.parse(line))) };
  } catch (error) {
    result = { status: 'error', message: String((error && error.stack) || error) };
  }
  answer(JSON.stringify(result) + '\n');
});
