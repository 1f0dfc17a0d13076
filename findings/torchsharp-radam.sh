#!/usr/bin/env bash
# TorchSharp 0.107.0, torch.optim.RAdam
#
# One would guess: the paper's rule (Liu et al. 2020) and PyTorch's: plain momentum for the first five steps, then Adam's step times a
#   factor r that grows from 0.03 to 1; each step is in proportion to the learning rate.
# What happens: from the sixth step on the learning rate is multiplied twice. With the usual 0.001 all later steps are a thousandth of
#   what they should be: training stands still after five steps. With a rate of 1 alone nothing is to be seen. Nothing is said.
# Who meets it: who ports a training script, or takes RAdam so as to need no warming up: the loss falls for five steps and then stays.
# What helps: Adam or AdamW with a warming up (LambdaLR). No rate mends RAdam itself: the first five steps use it as it is.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >radam.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TorchSharp" Version="[0.107.0]" />
    <PackageReference Include="libtorch-cpu-linux-x64" Version="[2.10.0]" />
  </ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using TorchSharp.Modules;
using static System.Math;
using static TorchSharp.torch;

// One parameter whose gradient is always 1.
var same = true;
foreach (var rate in new[] { 1, 0.1, 0.001 })
{
    var weight = new Parameter(zeros(1, dtype: ScalarType.Float64));
    var optimizer = optim.RAdam([weight], lr: rate);
    var (got, paper) = (new List<double>(), new List<double>());
    for (var step = 1; step <= 200; step++)
    {
        var before = weight.item<double>();
        optimizer.zero_grad();
        weight.sum().backward();
        optimizer.step();
        got.Add(before - weight.item<double>());
        paper.Add(Paper(rate, step));
        same &= Near(got[^1], step <= 5 ? paper[^1] : rate * paper[^1]);
    }
    Console.WriteLine($"rate {rate,-5}: steps 5, 6, 20, 200: {Shown(got)}; the paper's {Shown(paper)}; sum of 200: {got.Sum():g4}, the paper's {paper.Sum():g4}");
}
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

// Both moments are exact after the correction of their bias: each step is the rate times r.
static double Paper(double rate, int step)
{
    const double beta = 0.999, end = 2 / (1 - beta) - 1;
    var now = end - 2 * step * Pow(beta, step) / (1 - Pow(beta, step));
    return now <= 5 ? rate : rate * Sqrt((now - 4) * (now - 2) * end / ((end - 4) * (end - 2) * now));
}

static string Shown(List<double> steps) => string.Join(" ", new[] { 5, 6, 20, 200 }.Select(t => steps[t - 1].ToString("g3")));
static bool Near(double a, double b) => Abs(a - b) <= 1e-6 * Abs(b);
CS
dotnet build -c Release -v quiet --nologo -p:RuntimeIdentifier=linux-x64 -p:SelfContained=false -o out >build.log || { cat build.log; exit 2; }

# TorchSharp's native library wants the libstdc++ of GCC 13. Where the system's is older, Debian 13's is unpacked here with its C library,
# and not installed: the program gets a loader of its own.
libraries=
if ! ldconfig -p | awk '/libstdc\+\+\.so\.6 .*x86-64/ {print $NF}' | xargs grep -qs GLIBCXX_3.4.32; then
    mkdir -p apt/lists/partial apt/cache/archives/partial
    awk 'BEGIN {RS = ""} NR == 1' /etc/apt/sources.list.d/debian.sources | sed 's/^Suites:.*/Suites: trixie/' >apt/debian.sources
    trixie() { apt-get -qq -o Dir::Etc::sourcelist="$tmp/apt/debian.sources" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$tmp/apt/lists" -o Dir::Cache="$tmp/apt/cache" -o APT::Sandbox::User= "$@"; }
    trixie update && trixie download libc6 libstdc++6 libgcc-s1 || { echo "needs the libstdc++ of GCC 13 or newer"; exit 2; }
    for deb in *.deb; do dpkg -x "$deb" trixie; done
    mv trixie/usr/lib/x86_64-linux-gnu root64
    sed -i 's#/lib64/ld-linux-x86-64.so.2#root64/ld-linux-x86-64.so.2#' out/radam
    DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")"); export DOTNET_ROOT
    libraries=LD_LIBRARY_PATH=root64
fi
env $libraries out/radam
