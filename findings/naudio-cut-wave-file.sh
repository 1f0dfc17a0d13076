#!/usr/bin/env bash
# NAudio.Core 3.3.0: a wave file that ends before its last sample
#
# One would guess: WaveFileReader, whose header says how many bytes of samples there are, throws when the file has fewer.
# What happens: it hands out what is there and calls that the whole file. Length and TotalTime are those of the shorter one,
#   nothing is said; a data set with downloads that were interrupted is read to its end, with cut examples in it.
# Who meets it: who trains on recordings and takes an exception for the check of a file.
# What helps: compare the sizes that the header gives with the file's length before reading.
set -euo pipefail
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
export NUGET_PACKAGES="$tmp/packages"

cat >wave.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="NAudio.Core" Version="[3.3.0]" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using NAudio.Wave;

// One second of 16 kHz, 16 bits, one channel; then the first half of the same file.
using (var writer = new WaveFileWriter("whole.wav", new WaveFormat(16000, 16, 1)))
    for (var i = 0; i < 16000; i++) writer.WriteSample(MathF.Sin(i * 0.1f) / 2);
var bytes = File.ReadAllBytes("whole.wav");
File.WriteAllBytes("half.wav", bytes[..(44 + 16000)]);

var whole = Read("whole.wav");
var half = Read("half.wav");
var same = whole == (16000, 1.0) && half == (8000, 0.5);
Console.WriteLine(same ? "as recorded" : "no longer what was recorded");
return same ? 0 : 1;

static (int Samples, double Seconds) Read(string path)
{
    using var reader = new WaveFileReader(path);
    var (samples, buffer) = (0, new byte[4096]);
    for (int n; (n = reader.Read(buffer, 0, buffer.Length)) > 0;) samples += n / 2;
    Console.WriteLine($"{path,-10} says {BitConverter.ToInt32(File.ReadAllBytes(path), 40)} bytes; read {samples} samples, TotalTime {reader.TotalTime.TotalSeconds} s, no exception");
    return (samples, reader.TotalTime.TotalSeconds);
}
CS
dotnet build -c Release -v quiet --nologo -o out >build.log || { cat build.log; exit 2; }
dotnet out/wave.dll
