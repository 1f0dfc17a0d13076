namespace FastRnn.Tests.Processes;

/// <summary>The tests as a program: nobody else is in the process, no test host, no other test.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (args is [var name] && Type.GetType(name) is { } type && typeof(IProgram).IsAssignableFrom(type))
        {
            ((IProgram)Activator.CreateInstance(type)!).Run();
            return 0;
        }

        Console.Error.WriteLine("These are tests: run them with 'dotnet test'.");
        return 1;
    }
}
