using System.Runtime.CompilerServices;

using FastRnn.Tests.Processes;

namespace FastRnn.Tests.Jit;

/// <summary>Compiles every emitted method, as its first call would.</summary>
internal sealed class CompileEmittedCode : IProgram
{
    public void Run() => Parallel.ForEach(EmittedCode.Methods, method => RuntimeHelpers.PrepareMethod(method.MethodHandle));
}
