// What runs at the edge, for every request and every response of every environment. Two events, one function:
//
//   viewer-request   looks up which release is live, follows its redirects and rewrites, finds the file, and
//                    turns the URL into the object's key: /releases/<id>/<file> or /assets/<file>
//   viewer-response  adds the headers of the spec, and takes the status from the object's metadata
//
// All it knows is in the KeyValueStore, written by engine/publish/entries.py, which documents the format.
// Runtime cloudfront-js-2.0: no ?., ??, for-of, class, destructuring, spread or default parameters; await
// stands only in `const x = await ...`, `x = await ...` and `return await ...`.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
import cf from 'cloudfront';

const kvs = cf.kvs();
const SEED = 2166136261;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const STATUS = 'x-amz-meta-windlass-status';

// What viewer-request found, for viewer-response. AWS documents that a viewer-response function sees the
// request as the viewer sent it; others show it as viewer-request left it. Where this is missing, the
// file is looked up again. A viewer may not send it.
const FOUND = '~windlass';
// Marks, for the same reason, a request that goes to another host.
const ELSEWHERE = 'x-windlass-origin';
const LONGEST = 1024;
const JSON_VALUE = { format: 'json' };

// engine/publish/code.py puts here the two expressions of engine/publish/fingerprint.py, and what the cache
// behaviors of the distribution match that lead to other hosts.
const FINGERPRINTED = /@fingerprinted@/;
const NOT_FINGERPRINTED = /@not-fingerprinted@/;
const PROXIED = /@proxied@/;

// programs/domain.py puts the environment's names here: what redirects, and where to. No host ends in
// .invalid (RFC 2606).
const OTHER = 'other.invalid';
const CANONICAL = 'canonical.invalid';

async function handler(event) {
  if (event.context.eventType === 'viewer-response') {
    return dressed(event.response, event.request);
  }
  try {
    return await asked(event.request);
  } catch (error) {
    return generated(503, 'Service Unavailable', '', 'The release cannot be read. Please try again.');
  }
}

async function asked(request) {
  const live = await liveRelease();
  if (!live) {
    return generated(503, 'Service Unavailable', '', 'No release yet.');
  }
  if (hostOf(request, OTHER) === OTHER) {
    return redirect({ status: 301, location: 'https://' + CANONICAL + request.uri + queryOf(request) }, live.r);
  }
  if (live.g && !admitted(live.g, request.headers)) {
    const refused = generated(401, 'Unauthorized', '', 'A password is needed.');
    refused.headers['www-authenticate'] = { value: 'Basic realm="Restricted", charset="UTF-8"' };
    return refused;
  }
  if (request.querystring[FOUND]) {
    return generated(400, 'Bad Request', live.r, 'Bad request.');
  }
  const path = decoded(request.uri);
  const found = await route(live, request, path);
  if (!found) {
    return generated(404, 'Not Found', live.r, 'Not found.');
  }
  found.location = found.location || otherForm(live, request, found);
  if (found.location) {
    return redirect(found, live.r);
  }
  return PROXIED.test(request.uri) ? sent(request, found, live, path) : served(request, found, live, path);
}

function served(request, found, live, path) {
  if (found.origin) {
    return generated(502, 'Bad Gateway', live.r, 'This release expects another distribution.');
  }
  request.uri = (found.shared ? '/assets/' : '/releases/' + live.r + '/') + encoded(found.key || found.file);
  request.querystring = {};
  request.querystring[FOUND] = { value: encodeURIComponent(JSON.stringify([found.file, path.slice(0, LONGEST)])) };
  return request;
}

// In a cache behavior of another host: what the rules do not send there comes from the site.
function sent(request, found, live, path) {
  if (found.origin) {
    cf.selectRequestOriginById(found.origin);
    request.uri = found.uri;
    request.headers[ELSEWHERE] = { value: found.origin };
    return request;
  }
  if (!/^(GET|HEAD|OPTIONS)$/.test(request.method)) {
    return generated(405, 'Method Not Allowed', live.r, 'Method not allowed.');
  }
  cf.selectRequestOriginById('site');
  return served(request, found, live, path);
}

// Whether the visitor knows one of the passwords; the gate is a salt, then hashes of it and what HTTP's Basic
// scheme makes of `user:password`. All are compared to the end. No other host learns what was sent.
function admitted(gate, headers) {
  const given = headers.authorization ? headers.authorization.value.replace(/^basic +/i, '') : '';
  delete headers.authorization;
  const digest = require('crypto').createHash('sha256').update(gate[0] + given).digest('hex');
  const right = gate.slice(1).map((hash) => {
    let differs = hash.length ^ digest.length;
    for (let n = 0; n < digest.length; n++) {
      differs |= hash.charCodeAt(n) ^ digest.charCodeAt(n);
    }
    return !differs;
  });
  return right.indexOf(true) >= 0;
}

async function dressed(response, request) {
  const headers = response.headers;
  const live = await liveRelease();
  if (live) {
    headers['x-windlass-release'] = { value: live.r };
  }
  let names = [];
  try {
    if (live) {
      names = await namesOf(live, request);
    }
  } catch (error) {
    // The page is right even where the store does not say which headers it has.
  }
  if (!names) {
    return response;
  }
  const status = headers[STATUS];
  if (status && response.statusCode === 200) {
    response.statusCode = Number(status.value);
    response.statusDescription = 'Not Found';
  }
  Object.keys(headers).forEach((name) => {
    if (/^(x-amz-.*|server)$/.test(name)) {
      delete headers[name];
    }
  });
  try {
    if (names.length) {
      await addHeaders(live, response, names);
    }
  } catch (error) {
    // As above.
  }
  return response;
}

async function addHeaders(live, response, names) {
  let text = '';
  for (let k = 0; k < live.h; k++) {
    const piece = await kvs.get(live.r + '/h' + k);
    text += piece;
  }
  JSON.parse(text || '[]').forEach((rule) => {
    const pattern = expression(rule[0]);
    if (!names.some((name) => pattern.test(name))) {
      return;
    }
    Object.keys(rule[1]).forEach((key) => {
      if (key !== 'cache-control' || response.statusCode < 400) {
        response.headers[key] = { value: rule[1][key] };
      }
    });
  });
}

// What header patterns are matched against: the file, its address without index.html or .html, the URL. null
// where another host answers.
async function namesOf(live, request) {
  let file;
  let path;
  const known = request.querystring[FOUND];
  if (known) {
    const pair = JSON.parse(decodeURIComponent(known.value));
    file = pair[0];
    path = pair[1];
  } else if (request.headers[ELSEWHERE]) {
    return null;
  } else {
    path = decoded(request.uri);
    const found = await route(live, request, path);
    if (found && found.origin) {
      return null;
    }
    file = (found && found.file) || path.slice(1);
  }
  return ['/' + file, '/' + file.replace(/(^|\/)index\.html$|\.html$/, '$1'), path.slice(0, LONGEST)];
}

// The first rule that matches decides, by their numbers: those of the buckets of the path and the listed ones.
// `found.rule` is the number of the rule, or undefined where a file answers by itself.
async function route(live, request, path) {
  const seen = {};
  const bucketed = await rulesOf(live, path);
  for (let k = 0; k < live.c; k++) {
    const rules = await kvs.get(live.r + '/c' + k, JSON_VALUE);
    const end = k === live.c - 1 ? Infinity : rules[rules.length - 1].n;
    while (bucketed.length && bucketed[0].n < end) {
      rules.push(bucketed.shift());
    }
    rules.sort(byNumber);
    for (let n = 0; n < rules.length; n++) {
      const found = await follow(live, request, path, rules[n], seen);
      if (found) {
        found.rule = found === seen.own ? undefined : rules[n].n;
        return found;
      }
    }
  }
  const own = await ownFile(live, request, path, seen);
  return own.file ? own : null;
}

function byNumber(one, other) {
  return one.n - other.n;
}

async function rulesOf(live, path) {
  const rules = [];
  const segments = path.split('/');
  const read = {};
  for (let k = 0; live.b && k < live.d.length; k++) {
    const depth = live.d[k];
    const start = depth ? segments.slice(0, depth + 1).join('/') + '/' : '=' + path;
    const bucket = hash(SEED, encoded(start)) % live.b;
    if (!read[bucket] && (!depth || segments.length > depth + 1)) {
      read[bucket] = true;
      const held = await kvs.get(live.r + '/b' + bucket, JSON_VALUE);
      held.forEach((rule) => rules.push(rule));
    }
  }
  return rules.sort(byNumber);
}

// A 404 or 404-200 rule matches only where no file answers. null where the rule does not decide.
async function follow(live, request, path, rule, seen) {
  const captured = match(rule, request, path);
  if (!captured) {
    return null;
  }
  if (rule.o) {
    return { origin: rule.o, uri: filled(rule.t, captured) };
  }
  if (rule.s === '301' || rule.s === '302') {
    const location = target(rule, captured, request);
    // A redirect of a page to itself would never end.
    return rule.q || location.split(/[?#]/)[0] !== request.uri ? { location: location, status: Number(rule.s) } : null;
  }
  if (rule.s !== '200') {
    const own = await ownFile(live, request, path, seen);
    if (own.file) {
      return own;
    }
    if (rule.s === '404') {
      return { file: rule.t[0], key: '~404/' + rule.t[0] };
    }
  }
  const other = await lookUp(live, filled(rule.t, captured));
  return other.file ? { file: other.file, shared: other.shared } : null;
}

async function ownFile(live, request, path, seen) {
  if (!seen.own) {
    seen.own = await lookUp(live, path.slice(1));
    if (seen.own.location) {
      seen.own.location += queryOf(request);
    }
  }
  return seen.own;
}

// What the rule captured from the path and the query, in order, decoded; null where it does not match. For
// another host the path is taken as it was sent.
function match(rule, request, path) {
  const country = request.headers['cloudfront-viewer-country'];
  if ((rule.h && rule.h !== hostOf(request, rule.h)) || (rule.c && !(country && country.value === rule.c))) {
    return null;
  }
  const groups = rule.e ? rule.e === path && [path] : expression(rule.p).exec(rule.o ? request.uri : path);
  if (!groups) {
    return null;
  }
  const captured = groups.slice(1);
  const wanted = rule.q || [];
  for (let n = 0; n < wanted.length; n++) {
    const given = request.querystring[wanted[n][0]];
    if (!given || (wanted[n][1] !== null && wanted[n][1] !== decoded(given.value))) {
      return null;
    }
    captured.push(rule.o ? given.value : decoded(given.value));
  }
  return captured;
}

function hostOf(request, wanted) {
  const host = request.headers.host ? request.headers.host.value.toLowerCase() : '';
  return wanted.indexOf(':') < 0 ? host.replace(/:\d+$/, '') : host;
}

function target(rule, captured, request) {
  let location = filled(rule.t, captured.map(encoded));
  if (location.charAt(0) === '/') {
    // Two slashes would lead to another host.
    location = location.replace(/^\/+/, '/');
  }
  return location + (rule.k ? queryOf(request) : '') + (rule.f || '');
}

function filled(parts, captured) {
  return parts.map((part) => (typeof part === 'number' ? captured[part] || '' : part)).join('');
}

// Where `trailing_slash` leads, if a page answers under the other form of its address.
function otherForm(live, request, found) {
  const bare = request.uri.replace(/\/+$/, '');
  if (!live.s || live.s === 'keep' || !bare || found.key || !/\.html$/.test(found.file) || /\.[^/]*$/.test(bare)) {
    return '';
  }
  const form = bare + (live.s === 'add' ? '/' : '');
  found.status = 301;
  return form === request.uri ? '' : form.replace(/^\/+/, '/') + queryOf(request);
}

function queryOf(request) {
  const query = request.querystring;
  const pairs = Object.keys(query).map((name) => {
    const values = query[name].multiValue || [query[name]];
    return values.map((one) => tidy(name) + (one.value ? '=' + tidy(one.value) : '')).join('&');
  });
  return pairs.length ? '?' + pairs.join('&') : '';
}

function tidy(text) {
  return text.replace(/%(?![0-9a-f]{2})|[^\w\-.~!*'():@/?$,+;%]+/gi, quoted);
}

// The file that answers for a name: itself, name.html, or name/index.html after a redirect to name/. All
// three are in one bucket of the index. What looks like a fingerprinted file of an earlier release is
// left to the shared folder. Without `file`, there is none.
async function lookUp(live, name) {
  const stem = name.replace(/((^|\/)index|\.html|\/)+$/, '');
  const start = hash(SEED, encoded(stem));
  const bucket = await kvs.get(live.r + '/i' + (start % live.i));
  const slashed = name === '' || name.charAt(name.length - 1) === '/';
  const bare = slashed ? name.slice(0, -1) : name + '/';
  const names = slashed ? [name + 'index.html', bare + '.html'] : [name, name + '.html', bare + 'index.html'];
  for (let n = 0; n < names.length; n++) {
    const print = hash(start, encoded(names[n].slice(stem.length)));
    const shared = has(bucket, code(print, 1));
    if (shared || has(bucket, code(print, 0))) {
      const found = { file: names[n], shared: shared };
      if (n === names.length - 1 && bare && !live.s) {
        found.location = '/' + encoded(bare);
        found.status = 301;
      }
      return found;
    }
  }
  const old = FINGERPRINTED.test(name) && !NOT_FINGERPRINTED.test(name);
  return old ? { file: name, shared: true } : {};
}

// 32-bit FNV-1a, continued from `value`, of an ASCII text.
function hash(value, text) {
  for (let n = 0; n < text.length; n++) {
    value = Math.imul(value ^ text.charCodeAt(n), 16777619) >>> 0;
  }
  return value;
}

function code(print, kind) {
  let text = '';
  for (let n = 0; n < 5; n++) {
    text += ALPHABET.charAt(print & 63);
    print >>>= 6;
  }
  return text + ALPHABET.charAt(print + 4 * kind);
}

function has(bucket, entry) {
  let at = bucket.indexOf(entry);
  while (at % 6 > 0) {
    at = bucket.indexOf(entry, at + 1);
  }
  return at >= 0;
}

// Each run of escapes by itself, so that a malformed one stays as it is.
function decoded(text) {
  return text.replace(/(%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch (error) {
      return run;
    }
  });
}

function encoded(path) {
  return (path || '').split('/').map(quoted).join('/');
}

function quoted(text) {
  try {
    return encodeURIComponent(text);
  } catch (error) {
    return '%EF%BF%BD';
  }
}

function expression(source) {
  try {
    return new RegExp(source);
  } catch (error) {
    return /[^\s\S]/;
  }
}

async function liveRelease() {
  try {
    return await kvs.get('live', JSON_VALUE);
  } catch (error) {
    return null;
  }
}

function redirect(found, release) {
  const response = generated(found.status, found.status === 301 ? 'Moved Permanently' : 'Found', release, '');
  response.headers.location = { value: found.location };
  return response;
}

function generated(status, description, release, message) {
  const response = {
    statusCode: status,
    statusDescription: description,
    headers: { 'cache-control': { value: 'no-store' } },
  };
  if (release) {
    response.headers['x-windlass-release'] = { value: release };
  }
  if (status === 503) {
    response.headers['retry-after'] = { value: '5' };
  }
  if (message) {
    response.headers['content-type'] = { value: 'text/html; charset=utf-8' };
    response.body = {
      encoding: 'text',
      data:
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>' +
        description +
        '</title><h1>' +
        description +
        '</h1><p>' +
        message +
        '</p></html>',
    };
  }
  return response;
}
