namespace FastRnn.Benchmarks.Models;

/// <summary>The two halves of a pass through layers, one after the other.</summary>
internal interface ITrainingPasses : IDisposable
{
    /// <summary>Records what the backward pass needs.</summary>
    void Forward();

    /// <summary>Once after each forward pass: dX, and the gradients of all weights anew.</summary>
    void Backward();
}
