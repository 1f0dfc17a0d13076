using System.Globalization;

using Xunit.Abstractions;

namespace FastRnn.Repository.Tests.Package;

/// <summary>The templates, installed into a folder of their own; what they make is built and run.</summary>
[Collection(nameof(OutsideTests))]
public class TemplateTests(Outside outside, ITestOutputHelper log) : IAsyncLifetime
{
    /// <summary>A name that is no namespace as it is, and begins with what one would call the model.</summary>
    private const string ModelProject = "Forecaster.2-series";

    private string Hive => Path.Combine(outside.Root, "hive");

    public async Task InitializeAsync()
    {
        if (!Directory.Exists(Hive))
        {
            await NewAsync("", "install", Path.Combine(outside.Feed, $"FastRnn.Templates.{outside.Version}.nupkg"));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_model_and_a_cell_are_made_built_and_run()
    {
        await NewAsync("", "fastrnn-model", "-o", ModelProject);
        await NewAsync(ModelProject, "fastrnn-cell", "-n", "OwnCell");
        Assert.Contains("namespace Forecaster._2_series;", File.ReadAllText(Path.Combine(outside.Root, ModelProject, "OwnCell.cs")),
            StringComparison.Ordinal);
        var declaration = Path.Combine(outside.Root, ModelProject, "ForecastModel.cs");
        File.WriteAllText(declaration,
            File.ReadAllText(declaration).Replace("[Layer<Gru>(32)]", "[Layer<Gru>(32), Layer<OwnCell>(16)]", StringComparison.Ordinal));

        await BuildAsync(ModelProject);
        var said = (await outside.RunAsync(ModelProject, ChildProcess.Dotnet,
            Path.Combine("bin", "Release", "net10.0", $"{ModelProject}.dll"))).Succeeded();
        var error = float.Parse(said.Trim().Split("mean error ")[1], CultureInfo.InvariantCulture);
        Assert.InRange(error, 0, 0.05f);
        Assert.True(File.Exists(Path.Combine(outside.Root, ModelProject, "forecast.safetensors")));
    }

    /// <summary>The project has the name that one would give to its model.</summary>
    [Fact]
    public async Task An_embedded_program_is_made_built_and_run_natively_where_that_is_possible()
    {
        await NewAsync("", "fastrnn-embedded", "-o", "Effect", "--framework", NativeCompiler.Framework, "--no-restore");
        Assert.Contains($"<TargetFramework>{NativeCompiler.Framework}<",
            File.ReadAllText(Path.Combine(outside.Root, "Effect", "Effect.csproj")), StringComparison.Ordinal);

        string said;
        var most = 0;
        if (NativeCompiler.Missing(outside.MachinePackages) is { } reason)
        {
            log.WriteLine($"Nothing is compiled natively: {reason}.");
            most = 749;
            await BuildAsync("Effect", "-p:PublishAot=false", "-p:UseAppHost=false");
            said = (await outside.RunAsync("Effect", ChildProcess.Dotnet,
                Path.Combine("bin", "Release", NativeCompiler.Framework, "Effect.dll"))).Succeeded();
        }
        else
        {
            (await outside.DotnetAsync(
                "Effect", "publish", "-c", "Release", "-r", NativeCompiler.Runtime, "-warnaserror", "--nologo", "-o", "out"))
                .SucceededWithoutWarnings();
            var program = Path.Combine(outside.Root, "Effect", "out", "Effect");
            said = (await outside.RunAsync("Effect", program)).Succeeded();
            Assert.InRange(new FileInfo(program).Length, 1, 2_000_000);

            // The package told the compiler of a CPU with fused multiply-add; of itself it expects none.
            Assert.Contains("vectors of 256 bits", said, StringComparison.Ordinal);
        }

        // A block that allocates does so in each of 750. Under the just-in-time compiler 24 bytes in all are counted now and then on a busy
        // machine, while the runtime changes to better compiled code; natively there is no such thing.
        Assert.InRange(int.Parse(said.Trim().Split(", ")[^1].Split(' ')[0], CultureInfo.InvariantCulture), 0, most);
    }

    private async Task BuildAsync(string folder, params string[] properties) =>
        (await outside.DotnetAsync(folder, ["build", "-c", "Release", "-warnaserror", "--nologo", .. properties]))
            .SucceededWithoutWarnings();

    private async Task NewAsync(string folder, params string[] args) =>
        (await outside.DotnetAsync(folder, ["new", .. args, "--debug:custom-hive", Hive])).Succeeded();
}
