# Finds what a build needs and says plainly what is missing. Sourced by deploy/up, deploy/test and .ci/run.
MAVEN_VERSION=3.9.11
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/voldesk"

fail() {
  echo "voldesk: $*" >&2
  exit 1
}

java_major() {
  "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1
}

find_jdk() {
  local home major
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/*; do
    [ -x "$home/bin/javac" ] || continue
    major=$(java_major "$home")
    if [ "${major:-0}" -ge 25 ]; then
      export JAVA_HOME="$home" PATH="$home/bin:$PATH"
      return
    fi
  done
  fail "no JDK 25 found: set JAVA_HOME, or install one under /usr/lib/jvm"
}

maven_is_new_enough() {
  local version
  version=$("$1" -v 2>/dev/null | sed 's/\x1b\[[0-9;]*m//g' | sed -n 's/^Apache Maven \([0-9.]*\).*/\1/p')
  [ -n "$version" ] && [ "$(printf '3.9.0\n%s\n' "$version" | sort -V | head -1)" = 3.9.0 ]
}

find_maven() {
  local home="$CACHE/apache-maven-$MAVEN_VERSION"
  if maven_is_new_enough mvn; then
    MVN=mvn
    return
  fi
  if [ ! -x "$home/bin/mvn" ]; then
    command -v mvn >/dev/null || fail "no Maven found: install one (an older one will do, it fetches $MAVEN_VERSION)"
    echo "voldesk: this Maven is older than 3.9; it fetches $MAVEN_VERSION into $CACHE"
    # away from the project: its .mvn folder speaks to the newer Maven
    # without a project the plugin has no target folder: it would make one by the name of the variable
    local markers
    markers=$(mktemp -d)
    (mkdir -p "$CACHE" && cd "$CACHE" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.9.0:unpack \
      -Dartifact=org.apache.maven:apache-maven:$MAVEN_VERSION:zip:bin -DoutputDirectory="$CACHE" -DmarkersDirectory="$markers") ||
      fail "Maven $MAVEN_VERSION could not be fetched"
    rm -rf "$markers"
    chmod +x "$home/bin/mvn"
  fi
  MVN="$home/bin/mvn"
}

find_node() {
  command -v node >/dev/null && command -v npm >/dev/null || fail "no Node.js found: version 20 or later is needed, with npm"
  [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || fail "Node.js $(node -v) is too old: 20 or later is needed"
}

find_tools() {
  find_jdk
  find_maven
  find_node
}
