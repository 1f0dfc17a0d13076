#!/usr/bin/env bash
# Made the files of the folder Files, with the library of the commit "before". They are what later versions are held against, so this
# is run again only for a model that is new here: `make.sh FOLDER [SOURCES [BEFORE]]` writes into FOLDER, with the classes of this
# folder and their models as they are, or as they were in the commit SOURCES, where they still fitted the library of the commit BEFORE.
set -euo pipefail
folder=$(realpath -m "${1:?the folder to write into}")
sources=${2:-}
before=${3:-eebc6c2}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(git -C "$here" rev-parse --show-toplevel)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

git -C "$root" archive "$before" | tar -x -C "$scratch"
maker=$scratch/tests/Before
mkdir -p "$maker" "$folder"
if [ -n "$sources" ]; then
    # Once all of them were in one folder.
    for place in FastRnn.Tests FastRnn.Tests.Core FastRnn.Kernels.Tests; do
        ! git -C "$root" cat-file -e "$sources:tests/$place/Before" 2> /dev/null \
            || git -C "$root" archive "$sources:tests/$place/Before" | tar -x -C "$maker"
    done
else
    cp "$here"/*.cs "$root"/tests/FastRnn.Tests.Core/Before/*.cs "$maker"
fi

rm -f "$maker"/*Tests.cs
cat > "$maker/Program.cs" <<'PROGRAM'
FastRnn.Tests.Before.BeforeMaker.Make(args[0]);
PROGRAM
cat > "$maker/Before.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
  </PropertyGroup>
  <ItemGroup>
    <ProjectReference Include="../../src/FastRnn/FastRnn.csproj" />
    <ProjectReference Include="../../generators/FastRnn.Generators/FastRnn.Generators.csproj"
                      OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
  </ItemGroup>
</Project>
PROJECT
export DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false NuGetAudit=false
dotnet build "$maker" -c Release -v quiet
dotnet "$maker/bin/Release/net10.0/Before.dll" "$folder"
