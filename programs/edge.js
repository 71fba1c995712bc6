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
// Comments stand on lines of their own, because engine/publish/code.py removes those to stay below 10 KB.
import cf from 'cloudfront';

const kvs = cf.kvs();
const SEED = 2166136261;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const STATUS = 'x-amz-meta-windlass-status';

// What viewer-request found, for viewer-response. AWS documents that a viewer-response function sees the
// request as the viewer sent it; others show it as viewer-request left it. Where this is missing, the
// file is looked up again. A viewer may not send it.
const FOUND = '~windlass';
const LONGEST = 1024;

// engine/publish/code.py puts the two expressions of engine/publish/fingerprint.py here.
const FINGERPRINTED = /@fingerprinted@/;
const NOT_FINGERPRINTED = /@not-fingerprinted@/;

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
  if (request.querystring[FOUND]) {
    return generated(400, 'Bad Request', live.r, 'Bad request.');
  }
  const path = decoded(request.uri);
  const found = await route(live, request, path);
  if (!found) {
    return generated(404, 'Not Found', live.r, 'Not found.');
  }
  if (found.location) {
    return redirect(found, live.r);
  }
  request.uri = (found.shared ? '/assets/' : '/releases/' + live.r + '/') + encoded(found.key || found.file);
  request.querystring = {};
  request.querystring[FOUND] = { value: encodeURIComponent(JSON.stringify([found.file, path.slice(0, LONGEST)])) };
  return request;
}

async function dressed(response, request) {
  const headers = response.headers;
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
  const live = await liveRelease();
  if (live) {
    headers['x-windlass-release'] = { value: live.r };
    try {
      await addHeaders(live, response, request);
    } catch (error) {
      // The page is right even where the store does not give its headers.
    }
  }
  return response;
}

async function addHeaders(live, response, request) {
  if (!live.h) {
    return;
  }
  const names = await namesOf(live, request);
  let text = '';
  for (let k = 0; k < live.h; k++) {
    const piece = await kvs.get(live.r + '/h' + k);
    text += piece;
  }
  JSON.parse(text).forEach((rule) => {
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

// What header patterns are matched against: the file, its address without index.html or .html, the URL.
async function namesOf(live, request) {
  let file;
  let path;
  const known = request.querystring[FOUND];
  if (known) {
    const pair = JSON.parse(decodeURIComponent(known.value));
    file = pair[0];
    path = pair[1];
  } else {
    path = decoded(request.uri);
    const found = await route(live, request, path);
    file = (found && found.file) || path.slice(1);
  }
  return ['/' + file, '/' + file.replace(/(^|\/)index\.html$|\.html$/, '$1'), path.slice(0, LONGEST)];
}

// The first rule that matches decides; a 404 or 404-200 rule matches only where no file answers.
async function route(live, request, path) {
  let own;
  for (let k = 0; k < live.c; k++) {
    const rules = await kvs.get(live.r + '/c' + k, { format: 'json' });
    for (let n = 0; n < rules.length; n++) {
      const rule = rules[n];
      const captured = match(rule, request, path);
      if (!captured) {
        continue;
      }
      if (rule.s === '301' || rule.s === '302') {
        const location = target(rule, captured, request);
        // A redirect of a page to itself would never end.
        if (rule.q || location.split(/[?#]/)[0] !== request.uri) {
          return { location: location, status: Number(rule.s) };
        }
        continue;
      }
      if (rule.s !== '200') {
        if (!own) {
          own = await lookUp(live, path.slice(1));
        }
        if (own.file) {
          return own.location ? withQuery(own, request) : own;
        }
        if (rule.s === '404') {
          return { file: rule.t[0], key: '~404/' + rule.t[0] };
        }
      }
      const other = await lookUp(live, filled(rule.t, captured));
      if (other.file) {
        return { file: other.file, shared: other.shared };
      }
    }
  }
  if (!own) {
    own = await lookUp(live, path.slice(1));
  }
  return own.file ? (own.location ? withQuery(own, request) : own) : null;
}

// What the rule captured from the path and the query, in order, decoded; null where it does not match.
function match(rule, request, path) {
  if (rule.h && rule.h !== hostOf(request, rule.h)) {
    return null;
  }
  const groups = expression(rule.p).exec(path);
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
    captured.push(decoded(given.value));
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

function withQuery(found, request) {
  return { location: found.location + queryOf(request), status: 301 };
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
      if (n === names.length - 1 && bare) {
        found.location = '/' + encoded(bare);
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
    return await kvs.get('live', { format: 'json' });
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
