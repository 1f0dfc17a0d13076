using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Models;

/// <summary>One generated class, behind an interface without its type: what the tables ask for by shape.</summary>
internal interface IBenchmarkModel
{
    /// <summary>The generated class.</summary>
    Type Type { get; }

    /// <summary>The cell's name without its namespace.</summary>
    string Cell { get; }

    int InputSize { get; }

    int HiddenSize { get; }

    /// <summary>Recurrent layers.</summary>
    int Layers { get; }

    /// <summary>0: it reads vectors.</summary>
    int Vocabulary { get; }

    /// <summary>Numbers that it learns.</summary>
    int Parameters { get; }

    /// <summary>Prepares our side of a comparison.</summary>
    /// <param name="workload">Its shape must be the model's.</param>
    /// <param name="input">The weights and inputs that the peers get, too.</param>
    IPeerRun Create(Workload workload, PeerInput input);
}
