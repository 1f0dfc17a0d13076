#!/usr/bin/env bash
# ONNX Runtime 1.31.1 on a CPU: activations of RNN, GRU and LSTM without activation_alpha and activation_beta
#
# One would guess: as the standard's text says, an activation whose alpha or beta is left out has the default of the
#   operator of that name, and so ThresholdedRelu a threshold of 1. Affine and ScaledTanh, which are no operators of
#   today's standard, would scale by 1, or be refused.
# What happens: LeakyRelu, HardSigmoid and Elu have their defaults. For ThresholdedRelu, Affine and ScaledTanh alpha and
#   beta are 0: the first becomes Relu, the other two give 0 for every input. Nothing is said.
# Who meets it: who writes or converts such a file by hand, and checks that it loads.
# What helps: write activation_alpha and activation_beta out, always.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >activations.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.ML.OnnxRuntime" Version="[1.31.1]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using System.Text;
using Microsoft.ML.OnnxRuntime;

// An RNN of one unit with W = 1, R = 0 and no bias gives f(x).
var same = true;
float[] inputs = [-2, -0.5f, 0.5f, 2];
Console.WriteLine("activation       alpha beta   f(-2)   f(-0.5) f(0.5)  f(2)");
Show("LeakyRelu", null, null, -0.02f, -0.005f, 0.5f, 2);
Show("HardSigmoid", null, null, 0.1f, 0.4f, 0.6f, 0.9f);
Show("Elu", null, null, -0.8647f, -0.3935f, 0.5f, 2);
Show("ThresholdedRelu", null, null, 0, 0, 0.5f, 2);
Show("ThresholdedRelu", 1, null, 0, 0, 0, 2);
Show("Affine", null, null, 0, 0, 0, 0);
Show("Affine", 1, 0, -2, -0.5f, 0.5f, 2);
Show("ScaledTanh", null, null, 0, 0, 0, 0);
Show("ScaledTanh", 1, 1, -0.9640f, -0.4621f, 0.4621f, 0.9640f);
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

void Show(string activation, float? alpha, float? beta, params float[] recorded)
{
    byte[] node = L(1, [.. Names(1, "X", "W", "R"), .. Names(2, "Y"), S(4, "RNN"), L(5, S(1, "hidden_size"), V(3, 1), V(20, 2)),
        L(5, S(1, "activations"), S(9, activation), V(20, 8)), Parameter("activation_alpha", alpha), Parameter("activation_beta", beta)]);
    byte[] graph = L(7, node, S(2, "g"), Tensor("W", [1], 1, 1, 1), Tensor("R", [0], 1, 1, 1), Value(11, "X", 1, 4, 1, 1), Value(12, "Y", 1, 4, 1, 1, 1));
    using var session = new InferenceSession([.. V(1, 8), .. graph, .. L(8, V(2, 14))]);
    using var x = OrtValue.CreateTensorValueFromMemory(inputs, [4, 1, 1]);
    using var options = new RunOptions();
    using var outputs = session.Run(options, new Dictionary<string, OrtValue> { ["X"] = x }, ["Y"]);
    var y = outputs[0].GetTensorDataAsSpan<float>();
    Console.WriteLine($"{activation,-16} {alpha?.ToString() ?? "-",-5} {beta?.ToString() ?? "-",-5} {y[0],7:f3} {y[1],7:f3} {y[2],7:f3} {y[3],7:f3}");
    for (var i = 0; i < y.Length; i++) same &= Math.Abs(y[i] - recorded[i]) < 1e-4f;
}

static byte[] Parameter(string name, float? value) => value is { } v ? L(5, S(1, name), L(7, BitConverter.GetBytes(v)), V(20, 6)) : [];

// The few messages of an ONNX file that are needed.
static byte[] Number(long v) => v < 128 ? [(byte)v] : [(byte)(v | 128), .. Number(v >> 7)];
static byte[] V(int field, long v) => [.. Number(field << 3), .. Number(v)];
static byte[] L(int field, params byte[][] parts) => [.. Number(field << 3 | 2), .. Number(parts.Sum(q => q.Length)), .. parts.SelectMany(q => q)];
static byte[] S(int field, string text) => L(field, Encoding.ASCII.GetBytes(text));
static byte[][] Names(int field, params string[] names) => [.. names.Select(n => S(field, n))];
static byte[] Tensor(string name, float[] data, params long[] shape) => L(5, [.. shape.Select(d => V(1, d)), V(2, 1), S(8, name), L(9, [.. data.SelectMany(BitConverter.GetBytes)])]);
static byte[] Value(int field, string name, int type, params long[] shape) => L(field, S(1, name), L(2, L(1, V(1, type), L(2, [.. shape.Select(d => L(1, d < 0 ? S(2, "T") : V(1, d)))]))));
CS
dotnet build -c Release -v quiet --nologo -o out >build.log || { cat build.log; exit 2; }
dotnet out/activations.dll
