using System.Runtime.CompilerServices;

using FastRnn.Tests.Processes;

namespace FastRnn.Tests.Jit;

/// <summary>Compiles the emitted methods, as their first call would. One after the other: the compiler's listings would mix.</summary>
internal sealed class CompileEmittedCode : IProgram
{
    public void Run()
    {
        foreach (var method in EmittedCode.Compiled)
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
    }
}
