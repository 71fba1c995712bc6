// Leads what an app asks of AWS by name to the AWS on this machine: see engine/local/aws_hosts.py.
// In a page as a script, in Node by `--import`, with WINDLASS_LOCAL_URL saying where that is.
(function () {
  'use strict'
  var AWS = /^https:\/\/([a-z0-9.-]+\.(?:amazonaws\.com|amazoncognito\.com|on\.aws))(?::443)?(\/|\?|$)/i
  var script = typeof document === 'object' ? document.currentScript : null
  var base = script ? script.getAttribute('data-aws') : process.env.WINDLASS_LOCAL_URL
  if (!base) return
  // Browsers know that *.localhost is this machine; the C library, and so Node, does not.
  var LOCAL = /^http:\/\/([a-z0-9-]+\.(?:execute-api|appsync-api)\.localhost)(?::\d+)?(\/|\?|$)/i

  function here(url) {
    var text = String(url)
    var found = AWS.exec(text) || (script ? null : LOCAL.exec(text))
    if (!found) return text
    var rest = text.slice(found[0].length - found[2].length)
    return base.replace(/\/$/, '') + '/~aws/' + found[1].toLowerCase() + (rest[0] === '/' ? rest : '/' + rest)
  }

  var fetched = globalThis.fetch
  if (fetched) {
    globalThis.fetch = function (input, init) {
      if (typeof Request === 'function' && input instanceof Request) {
        var moved = here(input.url)
        return fetched.call(this, moved === input.url ? input : new Request(moved, input), init)
      }
      return fetched.call(this, here(input), init)
    }
  }
  if (typeof XMLHttpRequest === 'function') {
    var open = XMLHttpRequest.prototype.open
    XMLHttpRequest.prototype.open = function (method, url) {
      var rest = Array.prototype.slice.call(arguments, 2)
      return open.apply(this, [method, here(url)].concat(rest))
    }
  }
  if (typeof Element !== 'function') return

  var NAMES = { src: true, href: true, poster: true }
  var setAttribute = Element.prototype.setAttribute
  Element.prototype.setAttribute = function (name, value) {
    return setAttribute.call(this, name, NAMES[String(name).toLowerCase()] ? here(value) : value)
  }
  function leadProperty(prototype, name) {
    var known = Object.getOwnPropertyDescriptor(prototype, name)
    Object.defineProperty(prototype, name, {
      configurable: true,
      enumerable: known.enumerable,
      get: known.get,
      set: function (value) { known.set.call(this, here(value)) },
    })
  }
  leadProperty(HTMLImageElement.prototype, 'src')
  leadProperty(HTMLMediaElement.prototype, 'src')
  leadProperty(HTMLSourceElement.prototype, 'src')
  leadProperty(HTMLAnchorElement.prototype, 'href')

  // Signing in with the pages of Cognito goes there by the address bar.
  var assigned = globalThis.open
  globalThis.open = function (url) {
    var rest = Array.prototype.slice.call(arguments, 1)
    return assigned.apply(this, [url === undefined ? url : here(url)].concat(rest))
  }
})()
