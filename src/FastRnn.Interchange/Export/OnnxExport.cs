using FastRnn.CompilerServices;
using FastRnn.Interchange.Onnx.Proto;

using Google.Protobuf;

namespace FastRnn.Interchange.Export;

/// <summary>Writes models as ONNX files (opset 17, IR version 8) that need nothing of FastRnn: input <c>x</c> <c>[T, B, I]</c> or
/// <c>tokens</c> <c>[T, B]</c>, output <c>y</c>, any T and B, all sequences of one length. The same model and options give the same
/// bytes.</summary>
public static class OnnxExport
{
    /// <summary>The version of ONNX's operators.</summary>
    public const int Opset = 17;

    // IR 8 came with opset 15 and holds for 17 (ONNX' Versioning.md).
    private const int IrVersion = 8;

    /// <summary>FastRnn's version: <c>0.1.0</c>.</summary>
    internal static string Version => typeof(ModelInfo).Assembly.GetName().Version!.ToString(3);

    /// <summary>Writes a model of the library's cells that ONNX has operators for: Elman's, LSTM and GRU with their variants.</summary>
    /// <param name="info">The model.</param>
    /// <param name="parameters">Its learned numbers, in canonical order.</param>
    /// <param name="stream">Receives the file.</param>
    /// <param name="options">What it looks like.</param>
    /// <exception cref="ArgumentException">The number of parameters is wrong.</exception>
    /// <exception cref="ForeignFileException">The model has what cannot be exported, all of it named, or would need more than
    /// 2 GB.</exception>
    public static void Write(ModelInfo info, ReadOnlySpan<float> parameters, Stream stream, OnnxExportOptions? options = null) =>
        Write(info, parameters, stream, options ?? new(), _ => null);

    /// <summary>Writes a model of any cells whose equations are to be had.</summary>
    /// <param name="info">The model.</param>
    /// <param name="parameters">Its learned numbers.</param>
    /// <param name="stream">Receives the file.</param>
    /// <param name="options">What it looks like.</param>
    /// <param name="equations">The equations of a cell by its full name, or null.</param>
    internal static void Write(
        ModelInfo info, ReadOnlySpan<float> parameters, Stream stream, OnnxExportOptions options, Func<string, CellEquations?> equations)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentNullException.ThrowIfNull(stream);
        if (parameters.Length != info.ParameterCount)
            throw new ArgumentException($"expected {info.ParameterCount} numbers, got {parameters.Length}", nameof(parameters));
        Make(info, new ExportWeights(info, parameters.ToArray()), options, equations).WriteTo(stream);
    }

    private static ModelProto Make(
        ModelInfo info, ExportWeights weights, OnnxExportOptions options, Func<string, CellEquations?> equations)
    {
        var graph = new OnnxGraph(info.Name);
        var y = new WiringWalk(info, new OnnxTarget(info, weights, options, equations, graph)).Run();
        if (info.SoftmaxOutput || info.LogSoftmaxOutput)
            y = graph.Add(info.SoftmaxOutput ? "Softmax" : "LogSoftmax", "normalized", [y], OnnxAttribute.Integer("axis", -1));
        object[] shape = ["batch", info.OutputSize];
        if (info.OutputDomain != TimeDomain.Single)
        {
            shape = options.BatchFirst ? ["batch", "time", info.OutputSize] : ["time", "batch", info.OutputSize];
            if (options.BatchFirst)
                y = graph.Add("Transpose", "by_batch", [y], OnnxAttribute.Integers("perm", 1, 0, 2));
        }

        // The output first, as other tools have it.
        var name = graph.Name("y");
        graph.Finish(y, name);
        graph.Output(name, shape);
        var outputs = graph.Proto.Output;
        outputs.Insert(0, outputs[^1]);
        outputs.RemoveAt(outputs.Count - 1);
        return new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "FastRnn",
            ProducerVersion = Version,
            OpsetImport = { new OperatorSetIdProto { Version = Opset } },
            Graph = graph.Proto,
            MetadataProps =
            {
                new StringStringEntryProto { Key = "fastrnn.version", Value = Version },
                new StringStringEntryProto { Key = "fastrnn.model", Value = info.Name },
                new StringStringEntryProto { Key = "fastrnn.cells", Value = Cells(info) },
            },
        };
    }

    private static string Cells(ModelInfo info) =>
        string.Join(", ", info.Layers.Where(l => l.IsRecurrent).Select(l => $"{RecurrentGroup.SuffixOf(l)} {l.Cell}"));
}
