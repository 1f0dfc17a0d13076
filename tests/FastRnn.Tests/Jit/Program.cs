namespace FastRnn.Tests.Jit;

/// <summary>The assembly as a program of its own: a process that does nothing but compile the emitted kernels, for <see cref="EmittedCodeTests"/>.</summary>
internal static class Program
{
    /// <summary>The one argument that means something.</summary>
    public const string Compile = "compile-emitted-code";

    public static int Main(string[] args)
    {
        if (args is not [Compile])
        {
            Console.Error.WriteLine($"These are tests: run them with 'dotnet test'. The only argument is {Compile}.");
            return 1;
        }

        EmittedCode.CompileAll();
        return 0;
    }
}
