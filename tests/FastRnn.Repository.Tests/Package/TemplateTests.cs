using System.Globalization;

using Xunit.Abstractions;

namespace FastRnn.Repository.Tests.Package;

/// <summary>The templates, installed into a folder of their own; what they make is built and run.</summary>
[Collection(nameof(OutsideTests))]
public class TemplateTests(Outside outside, ITestOutputHelper log) : IAsyncLifetime
{
    private string Hive => Path.Combine(outside.Root, "hive");

    public async Task InitializeAsync()
    {
        if (!Directory.Exists(Hive))
        {
            await NewAsync("", "install", Path.Combine(outside.Feed, $"FastRnn.Templates.{outside.Version}.nupkg"));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The name of the project is no namespace as it is.</summary>
    [Fact]
    public async Task A_model_and_a_cell_are_made_built_and_run()
    {
        await NewAsync("", "fastrnn-model", "-o", "my-model.2");
        await NewAsync("my-model.2", "fastrnn-cell", "-n", "OwnCell");
        Assert.Contains("namespace my_model._2;", File.ReadAllText(Path.Combine(outside.Root, "my-model.2", "OwnCell.cs")), StringComparison.Ordinal);
        var declaration = Path.Combine(outside.Root, "my-model.2", "Forecaster.cs");
        File.WriteAllText(declaration, File.ReadAllText(declaration).Replace("[Layer<Gru>(32)]", "[Layer<Gru>(32), Layer<OwnCell>(16)]", StringComparison.Ordinal));

        await BuildAsync("my-model.2");
        var said = (await outside.RunAsync("my-model.2", ChildProcess.Dotnet, Path.Combine("bin", "Release", "net10.0", "my-model.2.dll"))).Succeeded();
        var error = float.Parse(said.Trim().Split("mean error ")[1], CultureInfo.InvariantCulture);
        Assert.InRange(error, 0, 0.05f);
        Assert.True(File.Exists(Path.Combine(outside.Root, "my-model.2", "forecaster.safetensors")));
    }

    [Fact]
    public async Task An_embedded_program_is_made_built_and_run_natively_where_that_is_possible()
    {
        await NewAsync("", "fastrnn-embedded", "-o", "Pedal", "--framework", NativeCompiler.Framework, "--no-restore");
        Assert.Contains($"<TargetFramework>{NativeCompiler.Framework}<", File.ReadAllText(Path.Combine(outside.Root, "Pedal", "Pedal.csproj")), StringComparison.Ordinal);

        string said;
        if (NativeCompiler.Missing(outside.MachinePackages) is { } reason)
        {
            log.WriteLine($"Nothing is compiled natively: {reason}.");
            await BuildAsync("Pedal", "-p:PublishAot=false", "-p:UseAppHost=false");
            said = (await outside.RunAsync("Pedal", ChildProcess.Dotnet, Path.Combine("bin", "Release", NativeCompiler.Framework, "Pedal.dll"))).Succeeded();
        }
        else
        {
            (await outside.DotnetAsync("Pedal", "publish", "-c", "Release", "-r", NativeCompiler.Runtime, "-warnaserror", "--nologo", "-o", "out"))
                .SucceededWithoutWarnings();
            said = (await outside.RunAsync("Pedal", Path.Combine(outside.Root, "Pedal", "out", "Pedal"))).Succeeded();

            // The package told the compiler of a CPU with fused multiply-add; of itself it expects none.
            Assert.Contains("vectors of 256 bits", said, StringComparison.Ordinal);
        }

        Assert.EndsWith(", 0 bytes allocated", said.Trim(), StringComparison.Ordinal);
    }

    private async Task BuildAsync(string folder, params string[] properties) =>
        (await outside.DotnetAsync(folder, ["build", "-c", "Release", "-warnaserror", "--nologo", .. properties])).SucceededWithoutWarnings();

    private async Task NewAsync(string folder, params string[] args) =>
        (await outside.DotnetAsync(folder, ["new", .. args, "--debug:custom-hive", Hive])).Succeeded();
}
