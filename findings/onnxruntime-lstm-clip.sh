#!/usr/bin/env bash
# ONNX Runtime 1.31.1 on a CPU: the attribute clip of LSTM
#
# One would guess: the standard says that the threshold is applied to the input of activations, so h = o * tanh(c) sees c cut to it as well.
# What happens: the sums of the four gates are cut, and the cell state is not, neither kept nor on its way into the last tanh.
# Who meets it: who writes an importer or an own kernel by the text of the standard, or moves a clipped model (acoustic models have such
#   clips) from an engine that follows it: outputs differ wherever a cell state passes the threshold, here by 0.11 at a threshold of 0.5.
# What helps: a clip that states do not reach, or none; compare on inputs that are long and loud enough for states to grow.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >clip.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.ML.OnnxRuntime" Version="[1.31.1]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using System.Text;
using Microsoft.ML.OnnxRuntime;

// One unit; x = 1 and weights of 2 hold every sum above the threshold, so each gate is a constant and c goes towards 0.76.
const float Clip = 0.5f;
const int Steps = 20;
byte[] node = L(1, [.. Names(1, "X", "W", "R"), S(2, "Y"), S(4, "LSTM"), L(5, S(1, "hidden_size"), V(3, 1), V(20, 2)),
    L(5, S(1, "clip"), [.. Number(2 << 3 | 5), .. BitConverter.GetBytes(Clip)], V(20, 1))]);
byte[] graph = L(7, node, S(2, "g"), Tensor("W", [2, 2, 2, 2], 1, 4, 1), Tensor("R", [0, 0, 0, 0], 1, 4, 1), Value(11, "X", Steps, 1, 1), Value(12, "Y", Steps, 1, 1, 1));
using var session = new InferenceSession([.. V(1, 8), .. graph, .. L(8, V(2, 14))]);
using var x = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1f, Steps).ToArray(), [Steps, 1, 1]);
using var options = new RunOptions();
using var outputs = session.Run(options, new Dictionary<string, OrtValue> { ["X"] = x }, ["Y"]);
var seen = outputs[0].GetTensorDataAsSpan<float>()[^1];

double gate = 1 / (1 + Math.Exp(-Clip)), candidate = Math.Tanh(Clip), c = 0;
for (var t = 0; t < Steps; t++) c = gate * c + gate * candidate;
var (sumsOnly, all) = (gate * Math.Tanh(c), gate * Math.Tanh(Math.Min(c, Clip)));
Console.WriteLine($"c = {c:f3} at a threshold of {Clip}: ONNX Runtime {seen:f4}; sums cut {sumsOnly:f4}; every input of an activation cut {all:f4}");
var same = Math.Abs(seen - sumsOnly) < 1e-5 && Math.Abs(seen - all) > 0.05;
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

// The few messages of an ONNX file that are needed.
static byte[] Number(long v) => v < 128 ? [(byte)v] : [(byte)(v | 128), .. Number(v >> 7)];
static byte[] V(int field, long v) => [.. Number(field << 3), .. Number(v)];
static byte[] L(int field, params byte[][] parts) => [.. Number(field << 3 | 2), .. Number(parts.Sum(q => q.Length)), .. parts.SelectMany(q => q)];
static byte[] S(int field, string text) => L(field, Encoding.ASCII.GetBytes(text));
static byte[][] Names(int field, params string[] names) => [.. names.Select(n => S(field, n))];
static byte[] Tensor(string name, float[] data, params long[] shape) => L(5, [.. shape.Select(d => V(1, d)), V(2, 1), S(8, name), L(9, [.. data.SelectMany(BitConverter.GetBytes)])]);
static byte[] Value(int field, string name, params long[] shape) => L(field, S(1, name), L(2, L(1, V(1, 1), L(2, [.. shape.Select(d => L(1, V(1, d)))]))));
CS
dotnet build -c Release -v quiet --nologo -o out >build.log || { cat build.log; exit 2; }
dotnet out/clip.dll
