# Where tools are, for nvm.sh and corepack. The lines before this one say:
#   _windlass_tools    folder of this build          _windlass_store    folder of the user's cache
#   _windlass_host     version of the host's Node    _windlass_package  npm package that holds Node
#   _windlass_known NAME@VERSION                     the folder of what was looked up before the build
#   _windlass_line CODENAME                          the major of an LTS line
#   _windlass_npm VERSION                            the major of npm that goes with a Node

_windlass_note() { printf '%s\n' "$*" >&2; }

# The folder of the highest version that is here and begins with $2: `_windlass_here node 18`.
_windlass_here() {
  local folder version found='' best='' folder_of_best=''
  for folder in "$_windlass_store/$1/"[0-9]* "$_windlass_tools/$1/"[0-9]*; do
    version=${folder##*/}
    case $version. in
      "$2".*)
        [ -d "$folder/node_modules/.bin" ] || continue
        found=$(printf '%s\n' "$version" "$best" | sort -V | tail -n 1)
        if [ "$found" = "$version" ]; then best=$version folder_of_best=$folder/node_modules/.bin; fi
        ;;
    esac
  done
  [ -n "$best" ] && printf '%s\n' "$folder_of_best"
}

# Install packages ($2...) as tool $1 at need, into the cache where that can be written; prints the folder.
_windlass_install() {
  local tool=$1 home fresh version
  shift
  home=$_windlass_store/$tool
  if ! mkdir -p "$home" 2>/dev/null || ! [ -w "$home" ]; then
    home=$_windlass_tools/$tool
    mkdir -p "$home" || return 1
  fi
  fresh=$(mktemp -d "$home/.unfinished-XXXXXX") || return 1
  chmod 755 "$fresh"
  if ! npm install --prefix "$fresh" --global=false --ignore-scripts --no-save --no-package-lock --no-audit \
    --no-fund --no-update-notifier --engine-strict=false --loglevel=error "$@" >&2; then
    rm -rf "$fresh"
    return 1
  fi
  "$fresh/node_modules/.bin/$tool" --version >/dev/null || { rm -rf "$fresh"; return 1; }
  version=$(sed -n 's/^ *"version": *"v\{0,1\}\([^"]*\)".*/\1/p' "$fresh/node_modules/${1%@*}/package.json" | head -n 1)
  if [ "$tool" = node ]; then
    npm install --prefix "$fresh" --global=false --ignore-scripts --no-save --no-package-lock --no-audit \
      --no-fund --no-update-notifier --engine-strict=false --loglevel=error \
      "$@" "npm@$(_windlass_npm "$version")" >&2 || { rm -rf "$fresh"; return 1; }
  fi
  if [ -e "$home/$version" ] || ! mv "$fresh" "$home/$version" 2>/dev/null; then rm -rf "$fresh"; fi
  printf '%s\n' "$home/$version/node_modules/.bin"
}
