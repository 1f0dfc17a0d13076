#!/usr/bin/env bash
# Microsoft.Data.Analysis 0.23.1, DataFrame: missing values in means, products, extremes of groups and in filters
#
# One would guess: a missing value counts nowhere, as in a column's own Mean, Max and Product, which leave it out, and in pandas, after which this is made;
#   a comparison with it is not true.
# What happens: GroupBy's Mean, Max and Min and Description's Mean take a missing value for a 0: the mean of 4 and a missing value is 2 in a group and 4
#   in the column, the maximum of -1 and a missing value is 0. GroupBy's Product is 0 always, of whatever. Filters take it for a 0, too: rows
#   without a value are below 5, and equal to 0. Arithmetic, FillNulls and DropNulls are right. Nothing is said.
# Who meets it: who scales or fills the series of many stations by each one's mean before training: the more a station misses, the closer to 0 its mean.
# What helps: DropNulls or FillNulls before GroupBy; the columns' own Mean, on each group's rows; ElementwiseIsNotNull beside each comparison.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >missing.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Data.Analysis" Version="[0.23.1]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using Microsoft.Data.Analysis;

var same = true;
var frame = new DataFrame(
    new StringDataFrameColumn("station", ["A", "A", "B", "B", "C", "C"]), new DoubleDataFrameColumn("x", new double?[] { 4, null, -1, null, 3, 5 }));
var groups = frame.GroupBy("station");
var column = frame["x"];

Show("column:      mean, max, min, product", [column.Mean(), Number(column.Max()), Number(column.Min()), Number(column.Product())], [2.75, 5, -1, -60]);
Show("group means, A B C", Group(groups.Mean("x")), [2, -0.5, 4]);
Show("group maxima", Group(groups.Max("x")), [4, 0, 5]);
Show("group minima", Group(groups.Min("x")), [0, -1, 3]);
Show("group products", Group(groups.Product("x")), [0, 0, 0]);
Show("group sums", Group(groups.Sum("x")), [4, -1, 8]);
Show("Description: mean", [Number(frame.Description().Rows[3][1])], [11 / 6.0]);
Show("rows with x < 5, x = 0, x > -1", [Rows(column.ElementwiseLessThan(5.0)), Rows(column.ElementwiseEquals(0.0)), Rows(column.ElementwiseGreaterThan(-1.0))], [5, 2, 5]);
Show("the same without missing ones", [Rows(frame.DropNulls()["x"].ElementwiseLessThan(5.0)), Rows(frame.DropNulls()["x"].ElementwiseEquals(0.0)), Rows(frame.DropNulls()["x"].ElementwiseGreaterThan(-1.0))], [3, 0, 3]);
var (below, known) = (column.ElementwiseLessThan(5.0), column.ElementwiseIsNotNull());
Show("x < 5 and not missing", [Enumerable.Range(0, 6).Count(i => below[i] == true && known[i] == true)], [3]);
Show("group means after DropNulls", Group(frame.DropNulls().GroupBy("station").Mean("x")), [4, -1, 4]);
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

void Show(string what, double[] got, double[] recorded)
{
    Console.WriteLine($"{what}: {string.Join(" ", got.Select(v => v.ToString("g4")))}");
    same &= got.Length == recorded.Length && got.Zip(recorded, (a, b) => Math.Abs(a - b) < 1e-6).All(near => near);
}

static double Number(object value) => Convert.ToDouble(value);
static double[] Group(DataFrame result) => [.. Enumerable.Range(0, 3).Select(i => Number(result["x"][i]))];
static double Rows(PrimitiveDataFrameColumn<bool> chosen) => Enumerable.Range(0, (int)chosen.Length).Count(i => chosen[i] == true);
CS
dotnet build -c Release -v quiet --nologo -o out >build.log || { cat build.log; exit 2; }
dotnet out/missing.dll
