# nvm's commands (https://github.com/nvm-sh/nvm#usage) on Windlass's versions of Node. Sourced by every section's
# shell, and by scripts that source "$NVM_DIR/nvm.sh" or ~/.nvm/nvm.sh.

nvm() {
  local command=${1:-help} wish folder
  [ $# -eq 0 ] || shift
  case $command in
    use | install | i)
      wish=$(_windlass_wish "$@") || return 127
      folder=$(_windlass_node "$wish") || return 3
      _windlass_use "$folder" || return
      [ -f "$_windlass_tools/nvm/default" ] || printf '%s\n' "$wish" >"$_windlass_tools/nvm/default"
      case " $* " in *" --silent "* | *" -s "*) ;; *)
        printf 'Now using node %s (npm v%s)\n' "$(node --version)" "$(npm --version 2>/dev/null)" ;;
      esac
      ;;
    exec | run)
      while case ${1:-} in -*) true ;; *) false ;; esac do shift; done
      wish=${1:-}
      [ $# -eq 0 ] || shift
      folder=$(_windlass_node "$(_windlass_wish "$wish")") || return 3
      [ "$command" = exec ] || set -- node "$@"
      (_windlass_use "$folder" && "$@")
      ;;
    which)
      wish=$(_windlass_wish "$@") || return 127
      folder=$(_windlass_node "$wish") || return 3
      printf '%s/node\n' "$folder"
      ;;
    current) node --version 2>/dev/null || printf 'none\n' ;;
    version)
      if [ $# -eq 0 ]; then node --version; else
        folder=$(_windlass_find "$(_windlass_wish "$@")") || { printf 'N/A\n'; return 3; }
        "$folder/node" --version
      fi
      ;;
    ls | list)
      {
        [ -z "$_windlass_host" ] || printf 'v%s\n' "$_windlass_host"
        for folder in "$_windlass_store/node/"[0-9]* "$_windlass_tools/node/"[0-9]*; do
          [ ! -d "$folder" ] || printf 'v%s\n' "${folder##*/}"
        done
      } | sort -V -u
      ;;
    ls-remote | list-remote)
      npm view "$_windlass_package" versions --json | sed -n 's/^ *"\([0-9][^"]*\)".*/v\1/p' | sort -V
      ;;
    alias)
      if [ "${1:-}" = default ] && [ -n "${2:-}" ]; then
        printf '%s\n' "$2" >"$_windlass_tools/nvm/default"
        printf 'default -> %s\n' "$2"
      fi
      ;;
    unalias | uninstall | deactivate | unload | cache | set-colors | reinstall-packages | install-latest-npm) ;;
    --version | -v | -V) printf '0.40.3\n' ;;
    help | --help | -h)
      printf 'nvm use|install|alias|ls|ls-remote|current|which|exec|run|version [VERSION]\n'
      ;;
    *)
      _windlass_note "nvm: '$command' is not known here"
      return 127
      ;;
  esac
}

# The version that the words of a command name, else the one of .nvmrc here or further up.
_windlass_wish() {
  local word wish=''
  for word in "$@"; do
    case $word in
      --lts) wish='lts/*' ;;
      --lts=*) wish=lts/${word#--lts=} ;;
      -*) ;;
      *) [ -n "$wish" ] || wish=$word ;;
    esac
  done
  [ -n "$wish" ] || wish=$(_windlass_nvmrc) || {
    _windlass_note 'nvm: name a version, or write one to .nvmrc'
    return 1
  }
  if [ "$wish" = default ]; then wish=$(cat "$_windlass_tools/nvm/default" 2>/dev/null) || wish=node; fi
  case $wish in v[0-9]*) wish=${wish#v} ;; esac
  printf '%s\n' "$wish" | tr 'A-Z' 'a-z'
}

_windlass_nvmrc() {
  local folder=$PWD
  while :; do
    if [ -f "$folder/.nvmrc" ]; then
      sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$folder/.nvmrc" | head -n 1
      return
    fi
    [ -n "$folder" ] || return 1
    folder=${folder%/*}
  done
}

# The folder of a version that is here; fails where there is none.
_windlass_find() {
  local line=$1
  _windlass_known "node@$1" && return
  case $1 in
    system) line=$_windlass_host ;;
    lts/[a-z]*) line=$(_windlass_line "${1#lts/}") ;;
  esac
  case $_windlass_host. in "$line".*) [ -z "$line" ] || { printf '%s\n' "$_windlass_tools/host"; return; } ;; esac
  _windlass_here node "$line"
}

# The same, installed at need.
_windlass_node() {
  local line=$1
  _windlass_find "$1" && return
  case $1 in
    node | stable | current) line=latest ;;
    'lts/*' | lts) line=$(_windlass_line '*') ;;
    lts/*) line=$(_windlass_line "${1#lts/}") ;;
  esac
  [ -n "$line" ] && [ -n "$_windlass_package" ] || { _windlass_note "nvm: there is no Node $1"; return 1; }
  _windlass_note "nvm: installing Node $1 from the npm registry"
  _windlass_install node "$_windlass_package@$line" || {
    _windlass_note "nvm: Node $1 could not be installed from the npm registry"
    return 1
  }
}

_windlass_use() {
  local version path
  path=$(_windlass_path "$1")
  version=$("$1/node" --version) || return 1
  export PATH="$path"
  export NVM_BIN="$1"
  case $1 in
    "$_windlass_tools/host") unset npm_config_nodedir npm_package_config_node_gyp_nodedir ;;
    *)
      export npm_package_config_node_gyp_nodedir="${1%/.bin}/$_windlass_package"
      case $version in
        v[0-9].* | v1[0-9].*) export npm_config_nodedir="$npm_package_config_node_gyp_nodedir" ;;
        *) unset npm_config_nodedir ;;
      esac
      ;;
  esac
  printf '%s\n' "${version#v}" >"$_windlass_tools/node-version"
}

# PATH with another Node: what is installed globally first, then package managers, then this Node.
_windlass_path() {
  local IFS=: entry first='' rest=''
  set -f
  for entry in $PATH; do
    case $entry in
      "$_windlass_store"/node/* | "$_windlass_tools"/node/* | "$_windlass_tools"/host) ;;
      "$_windlass_tools"/*) first=$first$entry: ;;
      *) rest=$rest:$entry ;;
    esac
  done
  printf '%s\n' "$first$1$rest"
}
