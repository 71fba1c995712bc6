# corepack's commands (https://github.com/nodejs/corepack#readme) without its downloads: package managers come from
# the npm registry, and those that amplify.yml names were looked up before the build.

_windlass_activate() {
  local name=${1%%@*} version folder program
  version=${1#*@}
  [ "$version" != "$1" ] || version=latest
  version=${version%%+*}
  folder=$(_windlass_known "$name@$version") || folder=$(_windlass_here "$name" "$version") || {
    case $name@$version in yarn@stable | yarn@berry) set -- @yarnpkg/cli-dist@latest ;;
      yarn@[2-9]*) set -- "@yarnpkg/cli-dist@$version" ;; *) set -- "$name@$version" ;;
    esac
    _windlass_note "corepack: installing $1 from the npm registry"
    folder=$(_windlass_install "$name" "$1")
  } || {
    _windlass_note "corepack: $name@$version could not be installed from the npm registry"
    return 1
  }
  for program in "$folder"/*; do ln -sf "$program" "$_windlass_tools/bin/${program##*/}"; done
}

command=${1:-help}
[ $# -eq 0 ] || shift
case $command in
  enable | disable | cache | hydrate | pack) ;;
  prepare | install | up | use)
    case " $* " in *" --activate "* | *" -g "* | *" --global "*) active=1 ;; *) active='' ;; esac
    [ "$command" != use ] || active=1
    for word in "$@"; do
      case $word in -*) ;; *) [ -z "$active" ] || _windlass_activate "$word" || exit 1 ;; esac
    done
    if [ "$command" = use ]; then exec "${1%%@*}" install; fi
    ;;
  pnpm | pnpx | yarn | yarnpkg | npm | npx) exec "$command" "$@" ;;
  pnpm@* | yarn@* | npm@*)
    _windlass_activate "$command" || exit 1
    exec "${command%%@*}" "$@"
    ;;
  --version | -v) printf '0.34.0\n' ;;
  *) printf 'corepack enable|prepare|install|use|up\n' ;;
esac
