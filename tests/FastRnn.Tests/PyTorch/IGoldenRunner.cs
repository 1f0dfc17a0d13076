namespace FastRnn.Tests.PyTorch;

/// <summary>Computes a golden case with the generated kernels of one model.</summary>
internal interface IGoldenRunner
{
    /// <summary>Forward and backward at one vector width; fails where a number is off.</summary>
    void Run(GoldenCase golden, SimdWidth width);
}
