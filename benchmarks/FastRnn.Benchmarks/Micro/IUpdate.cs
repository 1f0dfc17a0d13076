namespace FastRnn.Benchmarks.Micro;

/// <summary>The parts of an optimizer's step.</summary>
internal interface IUpdate : IDisposable
{
    double Norm();

    bool Apply();

    void Repack();
}
