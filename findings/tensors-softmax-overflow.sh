#!/usr/bin/env bash
# System.Numerics.Tensors 10.0.0 and 11.0.0, TensorPrimitives.SoftMax
#
# One would guess: a softmax of a library subtracts the largest logit first, as those of PyTorch, TensorFlow and
#   ONNX Runtime do, so that its output is a distribution for all finite logits.
# What happens: it computes exp(x) / sum(exp(x)) as it stands. From 88.73 on a logit gives NaN; three logits of 88 give
#   zeros, which add up to 0 and are no NaN that a check would find; two logits of -104 give NaN as well.
# Who meets it: everyone who turns the logits of a network into probabilities with it, to sample from them. A low
#   temperature does it too: a logit of 9 divided by 0.1 is 90.
# What helps: subtract TensorPrimitives.Max(logits) first.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >softmax.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="System.Numerics.Tensors" Version="[$(Tensors)]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using System.Numerics.Tensors;

var same = true;
Show([87, 87, 87], 1f / 3, 1f / 3, 1f / 3);
Show([88, 88, 88, 0], 0, 0, 0, 0);
Show([100, 0, 0, 0], float.NaN, 0, 0, 0);
Show([-104, -104], float.NaN, float.NaN);
Show(Shifted([88, 88, 88, 0]), 1f / 3, 1f / 3, 1f / 3, 0);
Show(Shifted([-104, -104]), 0.5f, 0.5f);
return same ? 0 : 1;

void Show(float[] logits, params float[] recorded)
{
    var p = new float[logits.Length];
    TensorPrimitives.SoftMax(logits, p);
    Console.WriteLine($"  [{string.Join(", ", logits)}] -> [{string.Join(", ", p)}]");
    for (var i = 0; i < p.Length; i++)
        same &= float.IsNaN(recorded[i]) ? float.IsNaN(p[i]) : Math.Abs(p[i] - recorded[i]) < 1e-6f;
}

static float[] Shifted(float[] logits)
{
    TensorPrimitives.Subtract(logits, TensorPrimitives.Max<float>(logits), logits);
    return logits;
}
CS

for version in 10.0.0 11.0.0; do
    dotnet build -c Release -v quiet --nologo -p:Tensors=$version -o "out-$version" >build.log || { cat build.log; exit 2; }
    echo "System.Numerics.Tensors $version:"
    dotnet "out-$version/softmax.dll" || { echo "no longer what was recorded"; exit 1; }
done
echo "as recorded"
