using System.Diagnostics;
using System.Text.Json;

namespace FastRnn.Benchmarks.Peers.Workers;

/// <summary>A process of a peer (a script or program of <c>benchmarks/peers</c>): a line there, a line back, within a time limit.</summary>
internal sealed class PeerWorker : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private readonly Process process;
    private readonly Queue<string> complaints = new();

    private readonly string name;

    /// <summary>Starts the worker and waits until its library is loaded.</summary>
    /// <param name="name">The peer's.</param>
    /// <param name="start">How it is started, with its pipes.</param>
    /// <exception cref="PeerException">There is no such program, or it does not find its library.</exception>
    public PeerWorker(string name, ProcessStartInfo start)
    {
        this.name = name;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new PeerException($"{start.FileName} could not be started: {e.Message}", e);
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
    public WorkerAnswer Hello { get; }

    /// <summary>Asks, and waits for the answer.</summary>
    /// <exception cref="PeerException">The peer refused, died or took too long.</exception>
    public WorkerAnswer Ask(WorkerRequest request)
    {
        try
        {
            process.StandardInput.WriteLine(JsonSerializer.Serialize(request, WorkerJson.Default.WorkerRequest));
            process.StandardInput.Flush();
        }
        catch (IOException e)
        {
            throw new PeerException($"{name}, {request.Op}: the worker has ended. {LastWords()}", e);
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

    private WorkerAnswer Receive(string what)
    {
        var line = process.StandardOutput.ReadLineAsync();
        if (!line.Wait(Limit))
        {
            process.Kill();
            throw new PeerException($"{name}, {what}: no answer within {Limit.TotalSeconds} seconds. {LastWords()}");
        }

        if (line.Result is null)
        {
            process.WaitForExit(Farewell);
            throw new PeerException($"{name}, {what}: the worker has ended. {LastWords()}");
        }

        try
        {
            var answer = JsonSerializer.Deserialize(line.Result, WorkerJson.Default.WorkerAnswer)!;
            return answer.Error is null ? answer : throw new PeerException($"{name}, {what}: {answer.Error}");
        }
        catch (JsonException e)
        {
            throw new PeerException($"{name}, {what}: expected JSON, got: {line.Result}", e);
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
