using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

using FastRnn.Benchmarks.Peers.Workers;
using FastRnn.TorchSharpPeer;

using TorchSharp;

if (args is ["first-prediction", var input, var hidden, var file])
{
    FirstPrediction.Say(int.Parse(input, CultureInfo.InvariantCulture), int.Parse(hidden, CultureInfo.InvariantCulture), file);
    return 0;
}

// The protocol of pytorch_peer.py: a line of JSON, an answer of a line. The clock runs here.
var version = typeof(torch).Assembly.GetName().Version!.ToString(3);
Answer(new WorkerAnswer(null, $"{version} (libtorch {torch.__version__})", null, null, null));
IWork? work = null;
while (Console.ReadLine() is { } line)
{
    var request = JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerRequest)!;
    if (request.Op == "quit")
    {
        return 0;
    }

    try
    {
        Answer(Do(request));
    }
    catch (Exception e) when (e is ExternalException or InvalidOperationException or ArgumentException or IOException)
    {
        // Whatever libtorch refuses is the answer; the other side shows it.
        Answer(new WorkerAnswer($"{e.GetType().Name}: {e.Message}", null, null, null, null));
    }
}

return 0;

WorkerAnswer Do(WorkerRequest request)
{
    switch (request.Op)
    {
        case "create":
            torch.set_num_threads(request.Threads!.Value);
            var numbers = new Numbers(request.File!);
            work = request.Kind == "inference" ? new StreamWork(request, numbers) : new StepWork(request, numbers);
            return new WorkerAnswer(null, null, null, null, null);
        case "measure":
            var begin = Stopwatch.GetTimestamp();
            Created().Run(request.Iterations!.Value);
            return new WorkerAnswer(null, null, null, Stopwatch.GetElapsedTime(begin).TotalNanoseconds, null);
        case "read":
            var result = Created().Result();
            File.WriteAllBytes(request.File!, MemoryMarshal.AsBytes(result.AsSpan()));
            return new WorkerAnswer(null, null, null, null, [result.Length]);
        default:
            throw new InvalidOperationException($"expected create, measure, read or quit, got {request.Op}");
    }
}

IWork Created() => work ?? throw new InvalidOperationException("expected create first");

static void Answer(WorkerAnswer answer) => Console.WriteLine(JsonSerializer.Serialize(answer, WorkerJson.Default.WorkerAnswer));
