using FastRnn.Interchange.Certificates;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Onnx;
using FastRnn.Interchange.Onnx.Proto;
using FastRnn.Interchange.Running;

using Google.Protobuf;

namespace FastRnn.Interchange.Export;

/// <summary>Holds an exported file against its model: the file is read again and run by ONNX's rules, in double precision, on random
/// inputs.</summary>
/// <param name="path">The file.</param>
/// <param name="options">How it was written.</param>
/// <param name="model">The model.</param>
internal sealed class ExportCheck(string path, OnnxExportOptions options, IRunnable model)
{
    private readonly Random random = new(20_260_831);

    /// <summary>The largest |a - b| / max(1, |b|) of all outputs.</summary>
    /// <exception cref="ForeignFileException">The file cannot be read or run.</exception>
    public double Difference()
    {
        double largest = 0;
        foreach (var (batch, steps) in (ReadOnlySpan<(int, int)>)[(3, 6), (1, 9), (2, 1)])
        {
            var trial = new ExportTrial(model.Info, options, random, batch, steps);
            var expected = trial.Outputs(model.Run(trial.Batch));
            var got = Read(steps).Run(trial.Inputs);
            foreach (var (name, tensor) in expected)
                largest = Math.Max(largest, Certifier.Difference(tensor, got[name]));
        }

        return largest;
    }

    private OnnxEvaluator Read(int steps)
    {
        ModelProto? message;
        try
        {
            message = ModelProto.Parser.ParseFrom(FileDoor.ReadAll(path));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ForeignFileException($"{path}: damaged: {e.Message}", e);
        }

        if (!ScanUnroller.Has(message))
            return new OnnxEvaluator(OnnxModel.Read(path));

        var unrolled = path + ".unrolled";
        try
        {
            using (var stream = File.Create(unrolled))
                ScanUnroller.Unroll(message, steps).WriteTo(stream);
            return new OnnxEvaluator(OnnxModel.Read(unrolled));
        }
        finally
        {
            File.Delete(unrolled);
        }
    }
}
