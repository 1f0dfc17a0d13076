#!/usr/bin/env bash
# Open MPI 4.1.4 (Debian 12) and .NET 10: the output of ranks that goes to a file or a pipe
#
# One would guess: `mpirun -n 2 dotnet my.dll >log` writes into the file what the program writes: nobody is watching, so Console.IsOutputRedirected is
#   true, and colours and cursors are left out, as they are without mpirun.
# What happens: mpirun gives each rank a terminal of its own as standard output, wherever its own goes. .NET sees a terminal: IsOutputRedirected is false,
#   the first line of each rank begins with ESC [?1h ESC = (keys of applications), colours are written as well, and after a child process ends the first
#   sequence comes again. Standard error and input are pipes.
# Who meets it: who trains with several processes and reads the log with a program: the first column of a table's head is not called what it says. Who
#   shows a moving bar on terminals alone, shows it in the log.
# What helps: TERM=dumb mpirun ... takes the sequences away; IsOutputRedirected stays false, so a program has to know otherwise that it is a rank (the
#   variable OMPI_COMM_WORLD_SIZE), or the ranks are started as sh -c 'dotnet my.dll | cat'.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"

# Where there is no mpirun, Debian's is unpacked here, and not installed.
run=mpirun
if ! command -v mpirun >/dev/null; then
    mkdir debs && cd debs
    apt-get install -s --no-install-recommends openmpi-bin | awk '/^Inst/ {print $2}' | xargs apt-get download -qq 2>apt.log || { cat apt.log; exit 2; }
    for deb in *.deb; do dpkg -x "$deb" root; done
    lib=$(dirname "$(find "$PWD/root" -name 'libmpi.so.*' -print -quit)")
    export OPAL_PREFIX="$PWD/root/usr" OPAL_LIBDIR="$lib" OPAL_PKGDATADIR="$PWD/root/usr/share/openmpi" LD_LIBRARY_PATH="$lib:$lib/pmix2/lib"
    export OMPI_MCA_mca_base_component_path="$lib/openmpi/lib/openmpi3" PMIX_MCA_mca_base_component_path="$lib/pmix2/lib/pmix"
    run="$PWD/root/usr/bin/mpirun.openmpi"
    cd ..
fi
[ "$(id -u)" != 0 ] || run="$run --allow-run-as-root"
$run --version | head -n 1
dotnet --list-runtimes | awk '/NETCore.App 10/ {version = $2} END {print ".NET " version}'

cat >ranks.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
</Project>
XML
cat >Program.cs <<'CS'
Console.WriteLine("step,loss");
System.Diagnostics.Process.Start("true").WaitForExit();
Console.ForegroundColor = ConsoleColor.Red;
Console.WriteLine("1,0.5");
Console.ResetColor();
Console.WriteLine($"redirected {Console.IsOutputRedirected} {Console.IsErrorRedirected} {Console.IsInputRedirected}");
CS
dotnet build -c Release -v quiet --nologo -o out >build.log || { cat build.log; exit 2; }

same=true
show() {   # what is run, how many lines begin with ESC, what the program says
    printf '%s\n' "$1:"; shift; local escapes=$1 redirected=$2; shift 2
    "$@" </dev/null 2>/dev/null >log || true
    sed 's/\x1b/ESC/g; s/^/    /' log
    [ "$(grep -c $'^\x1b' log || true)" = "$escapes" ] && grep -q "redirected $redirected\$" log || same=false
}
export TERM=xterm
show "dotnet" 0 "True True True" dotnet out/ranks.dll
show "mpirun dotnet" 3 "False True True" $run -n 1 dotnet out/ranks.dll
show "TERM=dumb mpirun dotnet" 0 "False True True" env TERM=dumb $run -n 1 dotnet out/ranks.dll
show "mpirun sh -c 'dotnet | cat'" 0 "True True True" $run -n 1 sh -c 'dotnet out/ranks.dll | cat'
$same && echo "as recorded" || { echo "no longer what was recorded"; exit 1; }
