#!/usr/bin/env bash
# TorchSharp 0.107.0: CyclicLR and OneCycleLR
#
# One would guess: the schedules of PyTorch, whose names, arguments and defaults these are. CyclicLR lowers the momentum from
#   0.9 to 0.8 while the learning rate rises; OneCycleLR warms every group of parameters up once and then takes it to 0.
# What happens: CyclicLR raises the momentum instead, from 0.9 to 1.0, which it reaches together with the highest learning
#   rate: there nothing of an old step is forgotten. OneCycleLR leaves the second group of parameters in the warming up for
#   ever: its learning rate and momentum swing up and down to the last step, where a half of the maximum can stand; the
#   first and the third group are right. Nothing is said.
# Who meets it: who ports a training script. A second group is what weight decay without biases, or a rate of its own for
#   embeddings, is written with.
# What helps: cycle_momentum false; one scheduler for each optimizer of one group; a LambdaLR of one's own.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

# The schedules are managed code: groups without parameters need no libtorch.
cat >schedules.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="TorchSharp" Version="[0.107.0]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using TorchSharp.Modules;
using static TorchSharp.torch.optim.lr_scheduler.impl;

var same = true;

// Four steps up from 0.1 to 1, four down. PyTorch's momentum: 0.9 0.875 0.85 0.825 0.8 and back.
var sgd = new SGD([new SGD.ParamGroup([], 0.1, momentum: 0.9)], 0.1);
var cyclic = new CyclicLR(sgd, base_lr: 0.1, max_lr: 1, step_size_up: 4);
for (var step = 0; step <= 8; step++, cyclic.step())
{
    var group = (SGD.ParamGroup)sgd.ParamGroups.Single();
    var height = 1 - Math.Abs(step - 4) / 4.0;
    Console.WriteLine($"CyclicLR, step {step}: rate {group.LearningRate:f3}, momentum {group.Momentum:f3}, PyTorch's {0.9 - 0.1 * height:f3}");
    same &= Near(group.LearningRate, 0.1 + 0.9 * height) && Near(group.Momentum, 0.9 + 0.1 * height);
}

// Three steps from 0.04 up to 1, the others down to 4e-6, the same for each group. The second one swings with a period of 4 steps.
var adam = new Adam([new Adam.ParamGroup([]), new Adam.ParamGroup([]), new Adam.ParamGroup([])]);
var oneCycle = new OneCycleLR(adam, max_lr: 1, total_steps: 10);
for (var step = 0; step < 10; step++, oneCycle.step())
{
    var groups = adam.ParamGroups.Cast<Adam.ParamGroup>().ToArray();
    Console.WriteLine($"OneCycleLR, step {step}: {string.Join(", ", groups.Select(g => $"rate {g.LearningRate:f4} beta1 {g.Betas.Item1:f3}"))}");
    double right = step <= 2 ? Cosine(0.04, 1, step / 2.0) : Cosine(1, 4e-6, (step - 2) / 7.0), swing = Cosine(0.04, 1, step / 2.0);
    same &= groups.Select(g => g.LearningRate).Zip([right, swing, right], Near).All(near => near);
}
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;

static double Cosine(double from, double to, double part) => to + (from - to) / 2 * (Math.Cos(Math.PI * part) + 1);
CS
dotnet build -c Release -v quiet --nologo -o out >build.log || { cat build.log; exit 2; }
dotnet out/schedules.dll
