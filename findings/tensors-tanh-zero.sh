#!/usr/bin/env bash
# System.Numerics.Tensors 10.0.0 and 11.0.0, TensorPrimitives.Tanh of float
#
# One would guess: tanh(0) is 0, small values keep their leading digits, and one value has one result.
# What happens: in a span of 4 or more floats tanh(0) is -5.96e-8, and small values are right to 1e-7 absolutely, not
#   relatively: tanh(1e-7) is 40 % too small, tanh(1e-6) 5 %. A shorter span takes another way and gives
#   what MathF.Tanh gives. So a value's result depends on how many stand beside it.
# Who meets it: a recurrent network whose states should stay exactly 0 while nothing comes in, does not rest (after
#   padding, a reset or silence); tests that compare a batch with its rows one by one differ.
# What helps: MathF.Tanh where zero matters.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >tanh.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="System.Numerics.Tensors" Version="[$(Tensors)]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using System.Numerics.Tensors;

var same = true;
Console.WriteLine("  x        MathF.Tanh     3 elements     4 elements");
foreach (var (x, recorded) in new[] { (0f, -5.9604645e-8f), (1e-7f, 5.9604645e-8f), (1e-6f, 9.536752e-7f), (1e-3f, 9.999728e-4f), (0.1f, 0.09966802f) })
{
    float exact = MathF.Tanh(x), three = First(x, 3), four = First(x, 4);
    Console.WriteLine($"  {x,-8:g4} {exact,-14:g7} {three,-14:g7} {four,-14:g7}");
    same &= three == exact && Math.Abs(four - recorded) <= 1e-12f + 1e-5f * Math.Abs(recorded);
}
return same ? 0 : 1;

static float First(float x, int length)
{
    var y = new float[length];
    TensorPrimitives.Tanh(Enumerable.Repeat(x, length).ToArray(), y);
    return y[0];
}
CS

for version in 10.0.0 11.0.0; do
    dotnet build -c Release -v quiet --nologo -p:Tensors=$version -o "out-$version" >build.log || { cat build.log; exit 2; }
    echo "System.Numerics.Tensors $version:"
    dotnet "out-$version/tanh.dll" || { echo "no longer what was recorded"; exit 1; }
done
echo "as recorded"
