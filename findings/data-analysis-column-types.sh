#!/usr/bin/env bash
# Microsoft.Data.Analysis 0.23.1, DataFrame: numbers from CSV files, and sums and means of columns
#
# One would guess: LoadCsv, which looks at the values to find a column's type, finds whole numbers or doubles, as pandas does; Mean, which returns a double,
#   computes in double.
# What happens: LoadCsv makes every column of numbers one of single precision. Times in seconds since 1970 are rounded to 128 seconds, so that rows of
#   neighbouring minutes have one time. Sum and Mean add up in the column's own type: a million times 0.1 in single precision has the mean 0.10096, and
#   two Int32 of 2,000,000,000 the mean -147,483,648. Nothing is said.
# Who meets it: who reads a table of a time series, and scales it by its mean before training.
# What helps: LoadCsv's argument dataTypes with typeof(double) for all numbers; Sum and Mean of columns of double or, of whole numbers, Int64.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >types.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Data.Analysis" Version="[0.23.1]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using Microsoft.Data.Analysis;

var same = true;
var seconds = Enumerable.Range(0, 5).Select(i => 1_700_000_000.0 + 60 * i).ToArray();
var csv = "time,value\n" + string.Join("\n", seconds.Select(t => $"{t:f0},0.1")) + "\n";
Times("LoadCsv", DataFrame.LoadCsvFromString(csv), [1_700_000_000, 1_700_000_000, 1_700_000_128, 1_700_000_128, 1_700_000_256]);
Times("LoadCsv with types", DataFrame.LoadCsvFromString(csv, dataTypes: [typeof(double), typeof(double)]), seconds);

Mean("a million times 0.1, single", new SingleDataFrameColumn("x", Enumerable.Repeat(0.1f, 1_000_000)), 0.10095834);
Mean("the same, double", new DoubleDataFrameColumn("x", Enumerable.Repeat(0.1, 1_000_000)), 0.1);
Mean("2,000,000,000 twice, Int32", new Int32DataFrameColumn("x", [2_000_000_000, 2_000_000_000]), -147_483_648);
Mean("the same, Int64", new Int64DataFrameColumn("x", [2_000_000_000, 2_000_000_000]), 2_000_000_000);
Mean("30,000 three times, Int16", new Int16DataFrameColumn("x", [30_000, 30_000, 30_000]), 24_464 / 3.0);
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

void Times(string what, DataFrame frame, double[] recorded)
{
    var got = Enumerable.Range(0, 5).Select(i => Convert.ToDouble(frame["time"][i])).ToArray();
    Console.WriteLine($"{what}: {frame["time"].DataType.Name} {string.Join(" ", got.Select(t => t.ToString("f0")))}");
    same &= got.SequenceEqual(recorded);
}

void Mean(string what, DataFrameColumn column, double recorded)
{
    var mean = column.Mean();
    Console.WriteLine($"{what}: sum {column.Sum()}, mean {mean:g8}");
    same &= Math.Abs(mean - recorded) <= 1e-6 * Math.Abs(recorded);
}
CS
dotnet build -c Release -v quiet --nologo -o out >build.log || { cat build.log; exit 2; }
dotnet out/types.dll
