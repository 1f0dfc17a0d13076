#!/usr/bin/env bash
# ONNX Runtime 1.31.1 on a CPU: LSTM, GRU and RNN with an initial state and a sequence of length 0
#
# One would guess: no step, no change: the final state of such a sequence is its initial state.
# What happens: the final states (Y_h, Y_c) of a row whose sequence_lens is 0 are 0, and so are all of them where X has
#   no steps at all. The initial state is lost, without an error. The standard's text does not say what they should be.
# Who meets it: who serves many streams as one batch and hands the states from call to call: a stream that has nothing
#   new in this round forgets everything.
# What helps: keep such rows out of the batch, or put their old states back after the call.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >empty.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.ML.OnnxRuntime" Version="[1.31.1]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using System.Text;
using Microsoft.ML.OnnxRuntime;

// Two rows, one unit, every weight 0.5, no bias; each row starts from h = 0.7 and, where there is one, c = 1.5.
var same = true;
foreach (var (op, gates) in new[] { ("LSTM", 4), ("GRU", 3), ("RNN", 1) })
{
    bool lstm = op == "LSTM";
    string[] states = lstm ? ["h", "c"] : ["h"], finals = lstm ? ["Yh", "Yc"] : ["Yh"];
    var half = Enumerable.Repeat(0.5f, gates).ToArray();
    byte[] node = L(1, [.. Names(1, "X", "W", "R", "", "lengths"), .. Names(1, states), .. Names(2, "Y"), .. Names(2, finals), S(4, op), L(5, S(1, "hidden_size"), V(3, 1), V(20, 2))]);
    byte[] graph = L(7, [node, S(2, "g"), Tensor("W", half, 1, gates, 1), Tensor("R", half, 1, gates, 1), Value(11, "X", 1, -1, 2, 1), Value(11, "lengths", 6, 2),
        .. states.Select(n => Value(11, n, 1, 1, 2, 1)), .. finals.Select(n => Value(12, n, 1, 1, 2, 1))]);
    using var session = new InferenceSession([.. V(1, 8), .. graph, .. L(8, V(2, 14))]);

    foreach (var (steps, lengths) in new[] { (1, new[] { 1, 1 }), (1, new[] { 1, 0 }), (0, new[] { 0, 0 }) })
    {
        using var x = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(1f, 2 * steps).ToArray(), [steps, 2, 1]);
        using var n = OrtValue.CreateTensorValueFromMemory(lengths, [2]);
        using var h = OrtValue.CreateTensorValueFromMemory(new[] { 0.7f, 0.7f }, [1, 2, 1]);
        using var c = OrtValue.CreateTensorValueFromMemory(new[] { 1.5f, 1.5f }, [1, 2, 1]);
        var inputs = new Dictionary<string, OrtValue> { ["X"] = x, ["lengths"] = n, ["h"] = h };
        if (lstm) inputs["c"] = c;
        using var options = new RunOptions();
        using var outputs = session.Run(options, inputs, finals);
        for (var i = 0; i < finals.Length; i++)
        {
            var final = outputs[i].GetTensorDataAsSpan<float>();
            Console.WriteLine($"{op,-4}  lengths {lengths[0]} {lengths[1]}: {finals[i]} {final[0]:f4} {final[1]:f4}, from {(i == 0 ? "0.7 0.7" : "1.5 1.5")}");
            for (var row = 0; row < 2; row++) same &= (final[row] == 0) == (lengths[row] == 0);
        }
    }
}
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

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
dotnet out/empty.dll
