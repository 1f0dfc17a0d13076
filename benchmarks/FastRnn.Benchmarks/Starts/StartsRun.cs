using System.Diagnostics;
using System.Globalization;

using FastRnn.Benchmarks.Costs;
using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;
using FastRnn.Benchmarks.Peers.OnnxRuntime;
using FastRnn.Benchmarks.Peers.TorchSharp;
using FastRnn.Benchmarks.Peers.Workers;

namespace FastRnn.Benchmarks.Starts;

/// <summary>Starts of one model, by all engines in turns.</summary>
/// <param name="hidden">Its units.</param>
/// <param name="rounds">How many starts of each; one more is not counted.</param>
internal sealed class StartsRun(int hidden, int rounds)
{
    private readonly Workload workload = FirstPrediction.Workload(hidden);
    private readonly string size = hidden.ToString(CultureInfo.InvariantCulture);

    /// <summary>A row for each engine that is there.</summary>
    /// <param name="interrupt">Ends it.</param>
    /// <exception cref="PeerException">A process failed.</exception>
    public IReadOnlyList<StartsRow> Rows(CancellationToken interrupt)
    {
        var input = RandomInput.Create(workload);
        var folder = PeerHome.Host.CreateExchange();
        try
        {
            var engines = Engines(folder.FullName, input).ToList();
            var starts = engines.ConvertAll(_ => new List<Start>());
            for (var round = -1; round < rounds; round++)
            {
                foreach (var (engine, list) in engines.Zip(starts))
                {
                    interrupt.ThrowIfCancellationRequested();
                    var start = engine.Run();
                    if (round >= 0)
                    {
                        list.Add(start);
                    }
                }
            }

            return [.. engines.Zip(starts, (engine, list) => StartsRow.Of(hidden, engine.Name, list))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private IEnumerable<(string Name, Func<Start> Run)> Engines(string folder, PeerInput input)
    {
        var weights = Path.Combine(folder, "model.safetensors");
        Save(weights, input);
        yield return ("FastRnn", () => Ours(FirstPrediction.Ours, weights));

        var onnx = Path.Combine(folder, "model.onnx");
        File.WriteAllBytes(onnx, OnnxModel.Write(workload, input.Weights));
        yield return ("ONNX Runtime " + new OrtPeer().Version, () => Ours(FirstPrediction.OnnxRuntime, onnx));

        if (new TorchSharpPeer().Version is { } version)
        {
            yield return ("TorchSharp " + version, () => TorchSharp(input));
        }
    }

    private Start Ours(string engine, string file)
    {
        var (lines, milliseconds) = Child.Run([FirstPrediction.Word, engine, size, file]);
        return Start.Parse(lines[0], milliseconds);
    }

    private Start TorchSharp(PeerInput input)
    {
        var exchange = PeerHome.Sid.CreateExchange();
        try
        {
            var file = Path.Combine(exchange.FullName, "weights");
            WorkerRun.Write(file, input);
            var start = PeerHome.Sid.Program(
                TorchSharpPeer.Program, FirstPrediction.Word, workload.InputSize.ToString(CultureInfo.InvariantCulture), size,
                PeerHome.Sid.Inside(file));
            var begin = Stopwatch.GetTimestamp();
            using var process = Process.Start(start)!;
            var line = process.StandardOutput.ReadLine();
            var milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return line is null ? throw new PeerException($"TorchSharp: no prediction: {errors}") : Start.Parse(line, milliseconds);
        }
        finally
        {
            exchange.Delete(recursive: true);
        }
    }

    private void Save(string path, PeerInput input)
    {
        if (hidden == 128)
        {
            Save(new Lstm_64x128(), path, input);
        }
        else
        {
            Save(new Lstm_512x512(), path, input);
        }
    }

    private static void Save<TModel>(TModel model, string path, PeerInput input)
        where TModel : class, IModel<TModel>
    {
        using (model)
        {
            using (var edit = model.Store.Edit())
            {
                LayerTensors.Set<TModel>(edit.Parameters, 0, input.Weights[0]);
            }

            model.Store.Save(path, null);
        }
    }
}
