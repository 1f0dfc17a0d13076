using System.Diagnostics;
using System.Text.Json;

namespace FastRnn.Benchmarks.Peers.PyTorch;

/// <summary>A process of <c>pytorch_peer.py</c>: a line there, a line back, within a time limit.</summary>
internal sealed class PyTorchWorker : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private readonly Process process;
    private readonly Queue<string> complaints = new();

    /// <summary>Starts the worker and waits until PyTorch is loaded.</summary>
    /// <exception cref="PeerException">There is no Python, or it has no PyTorch.</exception>
    public PyTorchWorker()
    {
        var python = Environment.GetEnvironmentVariable("FASTRNN_PYTHON") is { Length: > 0 } chosen ? chosen : "/usr/bin/python3";
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "peers", "pytorch_peer.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        PyTorchSettings.Apply(start);
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new PeerException($"{python} could not be started: {e.Message}", e);
        }

        process.ErrorDataReceived += (_, line) => Complain(line.Data);
        process.BeginErrorReadLine();
        try
        {
            Hello = Receive("starting");
        }
        catch (PeerException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the worker said first.</summary>
    public PyTorchAnswer Hello { get; }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="PeerException">PyTorch refused, died or took too long.</exception>
    public PyTorchAnswer Ask(PyTorchRequest request)
    {
        try
        {
            process.StandardInput.WriteLine(JsonSerializer.Serialize(request, PyTorchJson.Default.PyTorchRequest));
            process.StandardInput.Flush();
        }
        catch (IOException e)
        {
            throw new PeerException($"PyTorch, {request.Op}: the worker has ended. {LastWords()}", e);
        }

        return Receive(request.Op);
    }

    public void Dispose()
    {
        try
        {
            process.StandardInput.WriteLine("""{"op": "quit"}""");
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It has ended by itself.
        }

        if (!process.WaitForExit(Farewell))
        {
            process.Kill();
        }

        process.Dispose();
    }

    private PyTorchAnswer Receive(string what)
    {
        var line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Limit))
        {
            process.Kill();
            throw new PeerException($"PyTorch, {what}: no answer within {Limit.TotalSeconds} seconds. {LastWords()}");
        }

        if (line.Result is null)
        {
            process.WaitForExit(Farewell);
            throw new PeerException($"PyTorch, {what}: the worker has ended. {LastWords()}");
        }

        try
        {
            var answer = JsonSerializer.Deserialize(line.Result, PyTorchJson.Default.PyTorchAnswer)!;
            return answer.Error is null ? answer : throw new PeerException($"PyTorch, {what}: {answer.Error}");
        }
        catch (JsonException e)
        {
            throw new PeerException($"PyTorch, {what}: expected JSON, got: {line.Result}", e);
        }
    }

    private void Complain(string? line)
    {
        if (line is not null)
        {
            lock (complaints)
            {
                complaints.Enqueue(line);
                if (complaints.Count > 3)
                {
                    complaints.Dequeue();
                }
            }
        }
    }

    private string LastWords()
    {
        lock (complaints)
        {
            return string.Join(' ', complaints);
        }
    }
}
