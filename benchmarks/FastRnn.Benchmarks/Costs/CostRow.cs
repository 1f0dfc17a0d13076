namespace FastRnn.Benchmarks.Costs;

/// <summary>What a model costs before its first result.</summary>
/// <param name="Model">The class.</param>
/// <param name="Parameters">Numbers that it learns.</param>
/// <param name="GeneratorMilliseconds">To generate its code, all widths.</param>
/// <param name="SourceCharacters">Of generated C#, all widths.</param>
/// <param name="IlBytes">Of its kernels at the width in use.</param>
/// <param name="MachineBytes">Of the same, compiled with full optimisation.</param>
/// <param name="KernelJitMilliseconds">To compile all of them, forward and backward.</param>
/// <param name="JitMilliseconds">To compile whatever the process needed up to the end of the first step.</param>
/// <param name="FirstStepMilliseconds">From before the start of a process to the end of its first step.</param>
internal sealed record CostRow(
    string Model,
    int Parameters,
    double GeneratorMilliseconds,
    int SourceCharacters,
    int IlBytes,
    int MachineBytes,
    double KernelJitMilliseconds,
    double JitMilliseconds,
    double FirstStepMilliseconds);
