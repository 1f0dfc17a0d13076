using System.Runtime.CompilerServices;

namespace FastRnn.Tests.Memory;

/// <summary>Before the first arena of the process is made.</summary>
internal static class GuardMode
{
    [ModuleInitializer]
    internal static void Install() => GuardPages.InstallFromEnvironment();
}
