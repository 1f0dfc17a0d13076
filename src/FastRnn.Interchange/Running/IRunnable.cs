using FastRnn.Interchange.Declarations;

namespace FastRnn.Interchange.Running;

/// <summary>A generated model whose class is known only when the program runs.</summary>
internal interface IRunnable : IDisposable
{
    /// <summary>Its tables.</summary>
    ModelInfo Info { get; }

    /// <summary>Its learned numbers, in canonical order.</summary>
    ReadOnlySpan<float> Parameters { get; }

    /// <summary>Puts a file's numbers where they belong. Every parameter has to get one.</summary>
    void Place(IReadOnlyList<Placement> placements);

    /// <summary>Loads weights that were saved.</summary>
    /// <param name="path">A safetensors file.</param>
    void Load(string path);

    /// <summary>Saves the weights, with texts beside them.</summary>
    void Save(string path, IReadOnlyDictionary<string, string> metadata);

    /// <summary>Runs sequences, one behind the other.</summary>
    /// <param name="batch">What they are, and the states with which they begin.</param>
    /// <returns>The outputs and the last states.</returns>
    RunResult Run(RunBatch batch);
}
