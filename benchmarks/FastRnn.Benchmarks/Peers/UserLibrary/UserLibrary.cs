using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Peers.UserLibrary;

/// <summary>The four functions of a library of the user's own.</summary>
internal sealed unsafe class UserLibrary
{
    /// <summary>The variable with its path.</summary>
    public const string Variable = "FASTRNN_PEER_LIBRARY";

    public readonly delegate* unmanaged<int, int, int, int, float**, float*, nint> Create;
    public readonly delegate* unmanaged<nint, int, float*, double> Run;
    public readonly delegate* unmanaged<nint, void> Destroy;

    /// <summary>Loads it.</summary>
    /// <exception cref="PeerException">No path is given, it is not there, or lacks a function.</exception>
    public UserLibrary()
    {
        var path = Environment.GetEnvironmentVariable(Variable);
        var library = new PeerLibrary(path is { Length: > 0 } ? path : throw new PeerException($"{Variable} is not set"));
        Create = (delegate* unmanaged<int, int, int, int, float**, float*, nint>)library.Function("peer_create");
        Run = (delegate* unmanaged<nint, int, float*, double>)library.Function("peer_run");
        Destroy = (delegate* unmanaged<nint, void>)library.Function("peer_destroy");
        var name = (delegate* unmanaged<byte*>)library.Function("peer_name");
        Name = Marshal.PtrToStringUTF8((nint)name()) is { Length: > 0 } said
            ? said
            : throw new PeerException($"{path}: peer_name says nothing");
    }

    /// <summary>Of the engine, with its version.</summary>
    public string Name { get; }

    /// <summary>Whether it knows the cell and has its sizes.</summary>
    public bool Has(Workload workload)
    {
        var zeros = PeerShapes.ZerosOf(workload, 0);
        var handle = Make(workload, new PeerInput([zeros], new float[workload.Steps * workload.InputSize], null));
        if (handle != 0)
        {
            Destroy(handle);
        }

        return handle != 0;
    }

    /// <summary>A stream; 0 if the library has no such one.</summary>
    public nint Make(Workload workload, PeerInput input)
    {
        PeerShapes.Check(workload, input);
        using var pins = new Pins();
        var layer = input.Weights[0];
        var weights = stackalloc[] { pins.Of(layer.WeightIh), pins.Of(layer.WeightHh), pins.Of(layer.BiasIh), pins.Of(layer.BiasHh) };
        return Create((int)workload.Cell, workload.InputSize, workload.HiddenSize, workload.Steps, weights, pins.Of(input.X));
    }
}
