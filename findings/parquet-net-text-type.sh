#!/usr/bin/env bash
# Parquet.Net 6.1.0: the type of a column of texts
#
# One would guess: a field that was declared as new DataField("c", typeof(string)) says ClrType == typeof(string), before it is written
#   and when it is read back, so that a reader of tables tells texts from numbers by that type, as it tells double and DateTime.
# What happens: ClrType is ReadOnlyMemory<char> in both places, whatever the program declared; no Type of the schema is string, while the
#   call that reads the column takes a Memory<string?>.
# Who meets it: who reads tables whose columns are not known ahead (a data frame, a loader of training data): columns of texts look like a
#   kind that nobody knows, and are left out or refused.
# What helps: take ReadOnlyMemory<char> for a text too, and pin the version: it is the library's inner business.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >texts.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Parquet.Net" Version="[6.1.0]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using Parquet;
using Parquet.Schema;

var (texts, numbers) = (new DataField("c", typeof(string), isNullable: true), new DataField<double>("x"));
await using (var file = File.Create("t.parquet"))
{
    await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(texts, numbers), file);
    using var group = writer.CreateRowGroup();
    await group.WriteAsync(texts, new[] { "red", null! });
    await group.WriteAsync<double>(numbers, new[] { 1.5, 2.5 });
}

await using var reader = await ParquetReader.CreateAsync(File.OpenRead("t.parquet"));
var read = reader.Schema.DataFields;
using var first = reader.OpenRowGroupReader(0);
var values = new string?[2];
await first.ReadAsync(read[0], values.AsMemory());
Console.WriteLine($"declared string: {texts.ClrType}, read back: {read[0].ClrType}, its values: {values[0]}, {values[1] ?? "null"}; double: {read[1].ClrType}");
var same = texts.ClrType == typeof(ReadOnlyMemory<char>) && read[0].ClrType == typeof(ReadOnlyMemory<char>) && read[1].ClrType == typeof(double) && values is ["red", null];
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;
CS
dotnet build -c Release -v quiet --nologo -o out >build.log || { cat build.log; exit 2; }
dotnet out/texts.dll
