using FastRnn.Files;
using FastRnn.Interchange.Export;
using FastRnn.Interchange.Running;

namespace FastRnn.Interchange.Tests.Export;

/// <summary>Writes every exported script with weights, an input and our own output into a folder, where pytorch-exports.sh runs them in
/// PyTorch. Without the folder there is nothing to write.</summary>
public class PyTorchScriptTests
{
    private const int Steps = 9;
    private const int Batch = 3;

    /// <summary>The folder; null without PyTorch.</summary>
    private static string? Folder { get; } = Environment.GetEnvironmentVariable("FASTRNN_PYTORCH_EXPORTS");

    public static TheoryData<string> Models => [.. ExportModels.Names];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_script_is_written_with_what_it_has_to_give(string name)
    {
        using var model = ExportModels.Create(name);
        var script = PyTorchExport.Write(model.Info, $"{name}.safetensors", ExportModels.Equations(name));
        Assert.Contains($"class {name}(nn.Module):", script, StringComparison.Ordinal);
        if (Folder is null)
            return;

        File.WriteAllText(Path.Combine(Folder, $"{name}.py"), script);
        model.Save(Path.Combine(Folder, $"{name}.safetensors"), new Dictionary<string, string>());
        using var stream = File.Create(Path.Combine(Folder, $"{name}.io.safetensors"));
        SafeTensorsWriter.Write(stream, [.. Vectors(model)]);
    }

    // Sequences one behind the other here, [T, B, D] there.
    private static IEnumerable<TensorData> Vectors(IRunnable model)
    {
        var info = model.Info;
        var random = new Random(17);
        var (size, count) = (info.VectorSize, info.TokenCount);
        int[] vocabularies = [.. info.Inputs.Where(input => input.Kind != InputKind.Vector).Select(input => input.Vocabulary)];
        float[] rows = [.. Enumerable.Range(0, Batch * Steps * size).Select(_ => (float)((4 * random.NextDouble()) - 2))];
        int[] tokens = [.. Enumerable.Range(0, Batch * Steps * count).Select(i => random.Next(vocabularies[i % count]))];
        var y = model.Run(new([.. Enumerable.Repeat(Steps, Batch)], rows, tokens, new Dictionary<(int, int), float[]>(), false)).Y;
        if (size > 0)
            yield return new("x", ByTime(rows, size), [Steps, Batch, size]);
        if (count > 0)
        {
            yield return new("tokens", ByTime([.. tokens.Select(t => (float)t)], count),
                info.Input == InputKind.Mixed ? [Steps, Batch, count] : [Steps, Batch]);
        }

        yield return info.OutputDomain == CompilerServices.TimeDomain.Single
            ? new("y", y, [Batch, info.OutputSize])
            : new("y", ByTime(y, info.OutputSize), [Steps, Batch, info.OutputSize]);
    }

    private static float[] ByTime(float[] rows, int size) => [.. Enumerable.Range(0, rows.Length).Select(i =>
        rows[(((i / size % Batch * Steps) + (i / size / Batch)) * size) + (i % size)])];
}
