#!/usr/bin/env bash
# OpenCV 4.13.0, its importer of ONNX files (here through OpenCvSharp4 4.13.0.20260627)
#
# One would guess: a file that loads without a word is computed as the ONNX standard says, or else refused.
# What happens: a plain LSTM is right. Peepholes, which the standard orders input, output, forget, are read as input,
#   forget, output; clip is ignored; a GRU is always computed with linear_before_reset = 1, though 0 is the standard's
#   default; a reversed GRU runs forward. Each loads, runs and gives plausible numbers.
# Who meets it: everyone who runs an exported recurrent network with OpenCV beside its images. PyTorch exports
#   its GRU with linear_before_reset = 1 and is spared, forward; a GRU of the 2014 paper, Keras' reset_after = false, is not.
# What helps: compare a few outputs with those of the framework that wrote the file.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

# OpenCvSharp's native library needs GTK 3: where there is none, Debian's is unpacked here, and not installed.
if ! ldconfig -p | grep -q 'libgtk-3\.so\.0'; then
    mkdir debs && cd debs
    apt-get install -s --no-install-recommends libgtk-3-0 | awk '/^Inst/ {print $2}' | xargs apt-get download -qq 2>apt.log || { cat apt.log; exit 2; }
    for deb in *.deb; do dpkg -x "$deb" gtk; done
    LD_LIBRARY_PATH=$(dirname "$(find "$PWD/gtk" -name 'libgtk-3.so.0' -print -quit)"); export LD_LIBRARY_PATH
    cd ..
fi

cat >importer.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="OpenCvSharp4" Version="[4.13.0.20260627]" />
    <PackageReference Include="OpenCvSharp4.official.runtime.linux-x64" Version="[4.13.0.20260627]" />
  </ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using System.Text;
using OpenCvSharp;
using OpenCvSharp.Dnn;
using static System.Math;

// One unit, one input, three steps: the standard's equations fit into a line each.
float[] x = [1, -0.5f, 2], p = [1, -1, 2];
float[] wl = [0.5f, -0.4f, 0.3f, 0.8f], rl = [0.2f, 0.6f, -0.7f, 0.4f], bl = [0.1f, -0.2f, 0.3f, 0.05f, 0, 0.1f, -0.1f, 0.2f];   // i o f c
float[] wg = [0.5f, -0.4f, 0.8f], rg = [0.2f, 0.6f, 0.4f], bg = [0.1f, -0.2f, 0.3f, 0, 0.1f, 1];                                // z r h
var same = true;
byte[] lbr = Attribute("linear_before_reset", 3, 1);
Show("LSTM", Run("LSTM", wl, rl, bl), Lstm(), 0);
Show("LSTM, peepholes", Run("LSTM", wl, rl, bl, p), Lstm(p[0], p[1], p[2]), 0.4919);
Show("  the same against peepholes i f o", Run("LSTM", wl, rl, bl, p), Lstm(p[0], p[2], p[1]), 0);
Show("LSTM, clip 0.1", Run("LSTM", wl, rl, bl, null, Clip(0.1f)), Lstm(clip: 0.1), 0.2949);
Show("GRU, linear_before_reset 1", Run("GRU", wg, rg, bg, null, lbr), Gru(1), 0);
Show("GRU, linear_before_reset 0", Run("GRU", wg, rg, bg), Gru(0), 0.1072);
Show("  the same against 1", Run("GRU", wg, rg, bg), Gru(1), 0);
Show("GRU, reversed", Run("GRU", wg, rg, bg, null, [.. lbr, .. L(5, S(1, "direction"), S(4, "reverse"), V(20, 3))]), [.. Gru(1, [.. x.Reverse()]).Reverse()], 0.0877);
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

double[] Lstm(double pi = 0, double po = 0, double pf = 0, double clip = double.PositiveInfinity)
{
    double h = 0.5, c = 0.8;
    double Gate(int k, float v, double more = 0) => Clamp(wl[k] * v + rl[k] * h + bl[k] + bl[4 + k] + more, -clip, clip);
    return [.. x.Select(v =>
    {
        var next = Sigmoid(Gate(2, v, pf * c)) * c + Sigmoid(Gate(0, v, pi * c)) * Tanh(Gate(3, v));
        h = Sigmoid(Gate(1, v, po * next)) * Tanh(Clamp(next, -clip, clip));
        c = next;
        return h;
    })];
}

double[] Gru(int linearBeforeReset, float[]? input = null)
{
    var h = 0.5;
    return [.. (input ?? x).Select(v =>
    {
        double z = Sigmoid(wg[0] * v + rg[0] * h + bg[0] + bg[3]), r = Sigmoid(wg[1] * v + rg[1] * h + bg[1] + bg[4]);
        var n = Tanh(wg[2] * v + bg[2] + (linearBeforeReset == 1 ? r * (rg[2] * h + bg[5]) : rg[2] * (r * h) + bg[5]));
        return h = (1 - z) * n + z * h;
    })];
}

static double Sigmoid(double v) => 1 / (1 + Exp(-v));

void Show(string what, double[] got, double[] standard, double recorded)
{
    var error = got.Zip(standard, (a, b) => Abs(a - b)).Max();
    Console.WriteLine($"{what,-35} OpenCV {string.Join(" ", got.Select(v => $"{v:f4}"))}, by the equations {string.Join(" ", standard.Select(v => $"{v:f4}"))}: off by {error:f4}");
    same &= Abs(error - recorded) < 1e-4;
}

double[] Run(string op, float[] w, float[] r, float[] b, float[]? peepholes = null, byte[]? attributes = null)
{
    var gates = w.Length;
    string[] inputs = ["X", "W", "R", "B", "", "h", .. op == "LSTM" ? ["c"] : Array.Empty<string>(), .. peepholes is null ? Array.Empty<string>() : ["P"]];
    byte[] node = L(1, [.. inputs.Select(n => S(1, n)), S(2, "Y"), S(4, op), Attribute("hidden_size", 3, 1), attributes ?? []]);
    byte[] graph = L(7, node, S(2, "g"), Tensor("W", w, 1, gates, 1), Tensor("R", r, 1, gates, 1), Tensor("B", b, 1, 2 * gates),
        Tensor("h", [0.5f], 1, 1, 1), Tensor("c", [0.8f], 1, 1, 1), Tensor("P", peepholes ?? new float[3], 1, 3), Value(11, "X", 3, 1, 1), Value(12, "Y", 3, 1, 1, 1));
    using var net = Net.ReadNetFromONNX([.. V(1, 8), .. graph, .. L(8, V(2, 14))])!;
    using var input = Mat.FromPixelData([3, 1, 1], MatType.CV_32FC1, x);
    net.SetInput(input);
    using var y = net.Forward();
    return [.. Enumerable.Range(0, 3).Select(t => (double)y.At<float>(new[] { t, 0, 0, 0 }[..y.Dims]))];
}

// The few messages of an ONNX file that are needed.
static byte[] Number(long v) => v < 128 ? [(byte)v] : [(byte)(v | 128), .. Number(v >> 7)];
static byte[] V(int field, long v) => [.. Number(field << 3), .. Number(v)];
static byte[] L(int field, params byte[][] parts) => [.. Number(field << 3 | 2), .. Number(parts.Sum(q => q.Length)), .. parts.SelectMany(q => q)];
static byte[] S(int field, string text) => L(field, Encoding.ASCII.GetBytes(text));
static byte[] Floats(float[] data) => [.. data.SelectMany(BitConverter.GetBytes)];
static byte[] Attribute(string name, int field, long v) => L(5, S(1, name), V(field, v), V(20, 2));
static byte[] Clip(float v) => L(5, S(1, "clip"), [2 << 3 | 5, .. BitConverter.GetBytes(v)], V(20, 1));
static byte[] Tensor(string name, float[] data, params long[] shape) => L(5, [.. shape.Select(d => V(1, d)), V(2, 1), S(8, name), L(9, Floats(data))]);
static byte[] Value(int field, string name, params long[] shape) => L(field, S(1, name), L(2, L(1, V(1, 1), L(2, [.. shape.Select(d => L(1, V(1, d)))]))));
CS
dotnet build -c Release -v quiet --nologo -o out >build.log || { cat build.log; exit 2; }
dotnet out/importer.dll 2>&1
