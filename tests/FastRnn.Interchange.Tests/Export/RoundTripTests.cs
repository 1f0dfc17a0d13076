using FastRnn.Compiler;
using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Export;
using FastRnn.Interchange.Running;

namespace FastRnn.Interchange.Tests.Export;

/// <summary>What went out comes in again.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData("Lstms", false, true)]
    [InlineData("Grus", true, false)]
    [InlineData("Peephole", false, false)]
    [InlineData("Coupled", false, true)]
    [InlineData("Elmans", true, true)]
    [InlineData("Bidirectional", false, true)]
    [InlineData("PooledLast", false, false)]
    [InlineData("PooledLastSum", false, false)]
    [InlineData("PooledDense", true, false)]
    [InlineData("PooledMean", false, false)]
    [InlineData("PooledMax", true, false)]
    [InlineData("Dropped", false, false)]
    [InlineData("Signals", true, false)]
    public void An_exported_file_is_imported_with_a_certificate(string name, bool batchFirst, bool states)
    {
        var options = new OnnxExportOptions { BatchFirst = batchFirst, States = states };
        using var model = ExportModels.Create(name);
        var path = Path.Combine(Directory.CreateTempSubdirectory("export").FullName, name + ".onnx");
        try
        {
            File.WriteAllBytes(path, ExportModels.Export(name, model, options));
            var file = ForeignNetwork.Open(path);
            using var compiled = ModelCompiler.Compile(file.Declaration("Again", "Imported"), "Again.cs");
            using var again = Runnable.Create(compiled.Models.Single());
            file.Place(again);
            Assert.True(file.Certify(again).Passes);

            var trial = new ExportTrial(model.Info, options, new Random(1), 3, 5);
            var got = new SignatureRun(file.Network.Signature, again).Run(trial.Inputs);
            foreach (var (output, expected) in trial.Outputs(model.Run(trial.Batch)))
                Assert.InRange(Certifier.Difference(got[output], expected), 0, Certifier.Tolerance);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }
}
