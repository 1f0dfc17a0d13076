#!/usr/bin/env bash
# TorchSharp 0.107.0, torch.utils.data.DataLoader with shuffle and a seed
#
# One would guess: as in PyTorch, a seed makes a run repeatable: every epoch has an order of its own, and the next run has the same ones.
# What happens: the seed is taken anew for each pass, so that every epoch has the order of the first one: the same examples in the same
#   batches, and the same short one at the end. Without a seed each epoch has another order. Nothing is said.
# Who meets it: who gives a seed to compare two models. With batches that never change the noise of their gradients is the same in each
#   epoch, and with drop_last the same examples are left out in all of them.
# What helps: a loader for each epoch, with the epoch's number in its seed; or the overload that takes the order as an IEnumerable, one
#   that draws from a Random of its own whenever it is asked for an enumerator.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >loader.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TorchSharp" Version="[0.107.0]" />
    <PackageReference Include="libtorch-cpu-linux-x64" Version="[2.10.0]" />
  </ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.utils.data;

var same = true;
foreach (var (what, seed, drop) in new[] { ("seed 1", 1, false), ("seed 1, drop_last", 1, true), ("no seed", (int?)null, false) })
{
    using var loader = DataLoader(new Numbers(), batchSize: 8, shuffle: true, seed: seed, drop_last: drop);
    var epochs = Enumerable.Range(0, 3).Select(_ => Orders.Read(loader)).ToArray();
    Console.WriteLine($"{what + ":",-18} {string.Join(" | ", epochs)}");
    same &= epochs.All(epoch => epoch == epochs[0]) == seed.HasValue;
}
using (var loader = DataLoader(new Numbers(), batchSize: 8, shuffler: new Orders(20, seed: 1)))
{
    var epochs = Enumerable.Range(0, 3).Select(_ => Orders.Read(loader)).ToArray();
    Console.WriteLine($"an order of ours:  {string.Join(" | ", epochs)}");
    same &= epochs.Distinct().Count() == 3;
}
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

internal sealed class Numbers : Dataset
{
    public override long Count => 20;
    public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["x"] = tensor(index) };
}

/// <summary>Another order whenever one is asked for, and the same ones in every run.</summary>
internal sealed class Orders(int count, int seed) : IEnumerable<long>
{
    private readonly Random random = new(seed);

    public static string Read(IEnumerable<Dictionary<string, Tensor>> batches) =>
        string.Join(", ", batches.Select(batch => string.Join(" ", batch["x"].data<long>().ToArray())));

    public IEnumerator<long> GetEnumerator() => new FisherYatesShuffler(count, random.Next()).GetEnumerator();
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
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
    sed -i 's#/lib64/ld-linux-x86-64.so.2#root64/ld-linux-x86-64.so.2#' out/loader
    DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")"); export DOTNET_ROOT
    libraries=LD_LIBRARY_PATH=root64
fi
env $libraries out/loader
