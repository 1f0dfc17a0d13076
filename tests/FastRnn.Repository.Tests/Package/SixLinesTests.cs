using System.Globalization;

using FastRnn.Repository.Tests.Harness;
using FastRnn.Repository.Tests.Readme;

using Xunit.Abstractions;

namespace FastRnn.Repository.Tests.Package;

/// <summary>README's lines from a <c>.onnx</c> to a native program, typed into bash by a user who has the packages.</summary>
[Collection(nameof(OutsideTests))]
public class SixLinesTests(Outside outside, ITestOutputHelper log)
{
    private const string Model = "tests/FastRnn.Interchange.Tests/Data/onnx/tagger_lstm.torchscript.onnx";
    private const string Native = "-r linux-x64 -p:PublishAot=true ";

    [Fact]
    public async Task They_end_in_the_outputs_of_the_model()
    {
        if (!OperatingSystem.IsLinux())
        {
            log.WriteLine("README's lines are those of a shell on Linux.");
            return;
        }

        var lines = ReadmeBlock.All.Single(block => block.Lines.Any(IsImport)).Lines;
        Assert.Equal(6, lines.Count);
        Assert.EndsWith("cd app", lines[0].Split('#')[0].Trim(), StringComparison.Ordinal);
        outside.Write("six");
        var home = Path.Combine(outside.Root, "six");
        File.Copy(Checkout.Absolute(Model), Path.Combine(home, "tagger.onnx"));

        // The tool is installed below the test's own folder. The first line ends in the folder of the others.
        var dotnet = Path.GetDirectoryName(FullPath("dotnet"))!;
        var path = $"{Path.Combine(home, ".dotnet", "tools")}:{dotnet}:{Environment.GetEnvironmentVariable("PATH")}";
        var environment = new Dictionary<string, string>(outside.Environment)
        {
            ["DOTNET_CLI_HOME"] = home,
            ["DOTNET_ROOT"] = dotnet,
            ["LC_ALL"] = "C",
            ["PATH"] = path,
        };
        var said = "";
        foreach (var line in Possible(lines))
        {
            var folder = said.Length == 0 ? home : Path.Combine(home, "app");
            said = (await ChildProcess.RunAsync(folder, environment, "bash", "-c", line)).Succeeded() + "\n";
            if (IsImport(line))
            {
                Assert.Contains("PASS", said, StringComparison.Ordinal);
                string[] written = ["Tagger.cs", "Tagger.safetensors", "certificate.json", "certificate.md"];
                Assert.All(written, name => Assert.True(File.Exists(Path.Combine(home, "app", name)), name));
            }
        }

        // README's program steps once, with the token 3: the logarithms of five probabilities.
        var numbers = said.Trim().Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(5, numbers.Count);
        Assert.Equal(1, numbers.Sum(Math.Exp), 1e-5);
    }

    private static bool IsImport(string line) => line.StartsWith("fastrnn import", StringComparison.Ordinal);

    // The letter of README, but for what cannot be had here: the native packs.
    private IEnumerable<string> Possible(IReadOnlyList<string> lines)
    {
        if (NativeCompiler.Missing(outside.MachinePackages) is not { } reason)
            return lines;
        log.WriteLine($"Nothing is compiled natively: {reason}.");
        Assert.Contains(lines, line => line.Contains(Native, StringComparison.Ordinal));
        return lines.Select(line => line.Replace(Native, "-p:UseAppHost=false ", StringComparison.Ordinal)
            .Replace("./native/app", "dotnet native/app.dll", StringComparison.Ordinal));
    }

    private static string FullPath(string program) => File.Exists(ChildProcess.Dotnet)
        ? ChildProcess.Dotnet
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).First(File.Exists);
}
