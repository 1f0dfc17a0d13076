#!/usr/bin/env bash
# .NET's native compiler 10.0.12 for Arm64, linked by GNU's cross compiler
#
# One would guess: CppCompilerAndLinker names the program that links, so with aarch64-linux-gnu-gcc, Debian's cross compiler, `dotnet publish -r linux-arm64`
#   makes a native program on an x64 machine.
# What happens: on its way to another processor the build hands the linker clang's option --target=aarch64-linux-gnu, whatever the linker is. GNU's
#   compiler is made for one processor, knows no such option and stops. No property takes the option away.
# Who meets it: who builds a native program for a small Arm board on a PC, where the C compiler of the board's own kit is GNU's.
# What helps: link with clang and lld and a sysroot; or a target of the project's own after SetupOSSpecificProps that takes the option out of LinkerArg, as
#   the second half does.
# Needs Debian's gcc-aarch64-linux-gnu and libc6-dev-arm64-cross (or their kin).
set -euo pipefail
for tool in aarch64-linux-gnu-gcc aarch64-linux-gnu-objcopy; do
    command -v $tool >/dev/null || { echo "needs $tool (Debian: gcc-aarch64-linux-gnu libc6-dev-arm64-cross)"; exit 2; }
done
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >hello.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <PublishAot>true</PublishAot>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
  <!-- The compiler's version is the runtime's, once the SDK has a table of it. -->
  <Target Name="Pinned" BeforeTargets="ProcessFrameworkReferences">
    <ItemGroup>
      <KnownILCompilerPack Update="Microsoft.DotNet.ILCompiler" ILCompilerPackVersion="10.0.12" />
    </ItemGroup>
  </Target>
  <Target Name="WithoutTarget" AfterTargets="SetupOSSpecificProps" Condition="'$(Mended)' == 'true'">
    <ItemGroup>
      <LinkerArg Remove="@(LinkerArg)" Condition="$([System.String]::Copy('%(Identity)').StartsWith('--target='))" />
    </ItemGroup>
  </Target>
</Project>
XML
echo 'System.Console.WriteLine("hello");' >Program.cs

publish() {
    dotnet publish -c Release -r linux-arm64 -v quiet --nologo -o "$1" -p:CppCompilerAndLinker=aarch64-linux-gnu-gcc \
        -p:ObjCopyName=aarch64-linux-gnu-objcopy "-p:Mended=$2" >"$1.log" 2>&1
}

plain=linked; publish plain false || plain=refused
grep -q -- "--target=aarch64-linux-gnu" plain.log && option=named || option=absent
mended=linked; publish mended true || mended=refused
[ -d packages/microsoft.dotnet.ilcompiler/10.0.12 ] || { echo "another version of the compiler was taken"; exit 1; }
echo "GNU's linker as it is: $plain, clang's option $option in what it says; without the option: $mended"
[ "$plain $option $mended" = "refused named linked" ] || { echo "no longer what was recorded"; tail -n 3 plain.log; tail -n 3 mended.log; exit 1; }
echo "as recorded"
