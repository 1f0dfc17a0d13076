using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;
using FastRnn.Benchmarks.Peers.OnnxRuntime;
using FastRnn.Inference;

using Microsoft.ML.OnnxRuntime;

using OrtRunOptions = Microsoft.ML.OnnxRuntime.RunOptions;

namespace FastRnn.Benchmarks.Starts;

/// <summary>The life of a process that <c>starts</c> starts: it loads a model from its file, does one step of one stream, and says how much
/// memory it had. The parent's clock stops when the line arrives.</summary>
internal static class FirstPrediction
{
    /// <summary>The first word of such a process: <c>first-prediction ENGINE HIDDEN FILE</c>.</summary>
    public const string Word = "first-prediction";

    /// <summary>The engine that is ours.</summary>
    public const string Ours = "fastrnn";

    /// <summary>ONNX Runtime.</summary>
    public const string OnnxRuntime = "onnxruntime";

    /// <summary>What is started: a stream of one layer.</summary>
    public static Workload Workload(int hidden) =>
        new(CellKind.Lstm, hidden == 128 ? 64 : hidden, hidden, 1, 1, 1, WorkKind.Inference, 1);

    /// <summary>Whether the words are those of a child; then its work is done.</summary>
    public static bool Handles(string[] args)
    {
        switch (args)
        {
            case [Word, Ours, "128", var file]:
                Step(Lstm_64x128.Load(file));
                return true;
            case [Word, Ours, "512", var file]:
                Step(Lstm_512x512.Load(file));
                return true;
            case [Word, OnnxRuntime, var hidden, var file]:
                Run(file, Workload(int.Parse(hidden, System.Globalization.CultureInfo.InvariantCulture)));
                return true;
            default:
                return false;
        }
    }

    private static void Step<TModel>(TModel model)
        where TModel : class, IModel<TModel>
    {
        using (model)
        {
            using var session = new Session<TModel>(model, new() { Threads = 1 });
            var y = new float[TModel.Info.OutputSize];
            session.Step(new float[TModel.Info.InputSize], y);
            Say(y[0]);
        }
    }

    private static void Run(string file, Workload workload)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(file, options);
        using var run = new OrtRunOptions();
        using var x = OrtValue.CreateTensorValueFromMemory(new float[workload.InputSize], [1, 1, workload.InputSize]);
        using var h = OrtValue.CreateTensorValueFromMemory(new float[workload.HiddenSize], [1, 1, workload.HiddenSize]);
        using var c = OrtValue.CreateTensorValueFromMemory(new float[workload.HiddenSize], [1, 1, workload.HiddenSize]);
        using var outputs = session.Run(
            run, [OnnxNames.X, OnnxNames.Before("h", 0), OnnxNames.Before("c", 0)], [x, h, c], [OnnxNames.Y(0)]);
        Say(outputs[0].GetTensorDataAsSpan<float>()[0]);
    }

    private static void Say(float first) => Console.WriteLine(FormattableString.Invariant($"{PeakMemory.Kilobytes()} {first:r}"));
}
