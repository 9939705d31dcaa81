using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecs.Agent.Infrastructure.Tests.Checkpoints.PowerLoss;

/// <summary>
/// SQLite's way to a <see cref="MemoryDisk"/>: a VFS without shared memory, hence for one connection that locks exclusively. It promises what
/// SQLite's own VFS for Linux promises (a write spoils nothing beside it) and no more.
/// </summary>
internal sealed unsafe partial class MemoryVfs : IDisposable
{
    private const string Library = "e_sqlite3";
    private const int Ok = 0, ShortRead = 522, NotFound = 12, PowerSafeOverwrite = 0x1000;
    private const int OpenMainJournal = 0x800, OpenWal = 0x80000;

    private static readonly IoMethods* Methods = MakeMethods();
    private static long _made;

    private readonly GCHandle _disk;
    private readonly byte* _name;
    private readonly Vfs* _vfs;

    public MemoryVfs(MemoryDisk disk)
    {
        Name = $"memory-{Interlocked.Increment(ref _made)}";
        _disk = GCHandle.Alloc(disk);
        _name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        _vfs = (Vfs*)NativeMemory.AllocZeroed((nuint)sizeof(Vfs));
        _vfs->Version = 1;
        _vfs->FileSize = sizeof(OpenFile);
        _vfs->MaxPath = 512;
        _vfs->Name = _name;
        _vfs->AppData = GCHandle.ToIntPtr(_disk);
        _vfs->Open = &Open;
        _vfs->Delete = &Delete;
        _vfs->Access = &Access;
        _vfs->FullPath = &FullPath;
        _vfs->Randomness = &Randomness;
        _vfs->Sleep = &Sleep;
        _vfs->CurrentTime = &CurrentTime;
        _vfs->LastError = &LastError;
        if (Register(_vfs, 0) is not Ok and var problem)
        {
            throw new InvalidOperationException($"sqlite3_vfs_register answers {problem}.");
        }
    }

    public string Name { get; }

    public void Dispose()
    {
        _ = Unregister(_vfs);
        NativeMemory.Free(_vfs);
        Marshal.FreeCoTaskMem((nint)_name);
        _disk.Free();
    }

    private static IoMethods* MakeMethods()
    {
        var methods = (IoMethods*)NativeMemory.AllocZeroed((nuint)sizeof(IoMethods));
        methods->Version = 1;
        methods->Close = &Close;
        methods->Read = &Read;
        methods->Write = &Write;
        methods->Truncate = &Truncate;
        methods->Sync = &Sync;
        methods->Size = &Size;
        methods->Lock = &Lock;
        methods->Unlock = &Lock;
        methods->CheckLock = &CheckLock;
        methods->Control = &Control;
        methods->SectorSize = &SectorSize;
        methods->Characteristics = &Characteristics;
        return methods;
    }

    private static MemoryDisk DiskOf(Vfs* vfs) => (MemoryDisk)GCHandle.FromIntPtr(vfs->AppData).Target!;

    private static Handle HandleOf(OpenFile* file) => (Handle)GCHandle.FromIntPtr(file->Handle).Target!;

    private static string PathOf(byte* path) => Marshal.PtrToStringUTF8((nint)path) ?? $"temporary-{Interlocked.Increment(ref _made)}";

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, OpenFile* file, int flags, int* outFlags)
    {
        file->Methods = null;
        var disk = DiskOf(vfs);
        var path = PathOf(name);
        if (disk.Fault(DiskOperation.Open, path) is not Ok and var fault)
        {
            return fault;
        }

        // As on Linux: the first sync of a new log makes its name durable, too.
        var handle = new Handle(disk, path, disk.Open(path)) { SyncsDirectory = (flags & (OpenMainJournal | OpenWal)) != 0 };
        file->Handle = GCHandle.ToIntPtr(GCHandle.Alloc(handle));
        file->Methods = Methods;
        if (outFlags is not null)
        {
            *outFlags = flags;
        }

        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(Vfs* vfs, byte* name, int syncDirectory)
    {
        var disk = DiskOf(vfs);
        if (disk.Fault(DiskOperation.Delete, PathOf(name)) is not Ok and var fault)
        {
            return fault;
        }

        disk.Delete(PathOf(name));
        if (syncDirectory != 0)
        {
            disk.SyncNames();
        }

        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Access(Vfs* vfs, byte* name, int flags, int* answer)
    {
        *answer = DiskOf(vfs).Exists(PathOf(name)) ? 1 : 0;
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FullPath(Vfs* vfs, byte* name, int size, byte* answer)
    {
        var bytes = Encoding.UTF8.GetBytes(PathOf(name) + "\0");
        bytes.AsSpan().CopyTo(new Span<byte>(answer, size));
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Randomness(Vfs* vfs, int size, byte* answer)
    {
        Random.Shared.NextBytes(new Span<byte>(answer, size));
        return size;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(Vfs* vfs, int microseconds) => microseconds;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CurrentTime(Vfs* vfs, double* julianDay)
    {
        *julianDay = 2461041.5;
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LastError(Vfs* vfs, int size, byte* answer) => Ok;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(OpenFile* file)
    {
        GCHandle.FromIntPtr(file->Handle).Free();
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(OpenFile* file, byte* buffer, int size, long offset)
    {
        var handle = HandleOf(file);
        var read = handle.Disk.On(() => handle.File.Read(new Span<byte>(buffer, size), (int)offset));
        return read == size ? Ok : ShortRead;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(OpenFile* file, byte* bytes, int size, long offset)
    {
        var handle = HandleOf(file);
        if (handle.Disk.Fault(DiskOperation.Write, handle.Path) is not Ok and var fault)
        {
            return fault;
        }

        return handle.Disk.On(() =>
        {
            handle.File.Write(new ReadOnlySpan<byte>(bytes, size), (int)offset);
            return Ok;
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(OpenFile* file, long size)
    {
        var handle = HandleOf(file);
        if (handle.Disk.Fault(DiskOperation.Truncate, handle.Path) is not Ok and var fault)
        {
            return fault;
        }

        return handle.Disk.On(() =>
        {
            handle.File.Truncate((int)size);
            return Ok;
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(OpenFile* file, int flags)
    {
        var handle = HandleOf(file);
        if (handle.Disk.Fault(DiskOperation.Sync, handle.Path) is not Ok and var fault)
        {
            return fault;
        }

        handle.Disk.Sync(handle.Path, handle.File, handle.SyncsDirectory);
        handle.SyncsDirectory = false;
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(OpenFile* file, long* answer)
    {
        *answer = HandleOf(file).File.Length;
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(OpenFile* file, int level) => Ok;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckLock(OpenFile* file, int* answer)
    {
        *answer = 0;
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Control(OpenFile* file, int operation, void* argument) => NotFound;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(OpenFile* file) => MemoryDiskFile.Sector;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Characteristics(OpenFile* file) => PowerSafeOverwrite;

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Register(Vfs* vfs, int makeDefault);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_unregister")]
    [UnmanagedCallConv(CallConvs = [typeof(CallConvCdecl)])]
    private static partial int Unregister(Vfs* vfs);

    private sealed record Handle(MemoryDisk Disk, string Path, MemoryDiskFile File)
    {
        public bool SyncsDirectory { get; set; }
    }

    /// <summary><c>sqlite3_file</c>, with what we need of our own behind it.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct OpenFile
    {
        public IoMethods* Methods;
        public nint Handle;
    }

    /// <summary><c>sqlite3_vfs</c> of version 1.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int FileSize;
        public int MaxPath;
        public Vfs* Next;
        public byte* Name;
        public nint AppData;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, OpenFile*, int, int*, int> Open;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int> Delete;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, int*, int> Access;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, int, byte*, int> FullPath;
        public nint DlOpen;
        public nint DlError;
        public nint DlSym;
        public nint DlClose;
        public delegate* unmanaged[Cdecl]<Vfs*, int, byte*, int> Randomness;
        public delegate* unmanaged[Cdecl]<Vfs*, int, int> Sleep;
        public delegate* unmanaged[Cdecl]<Vfs*, double*, int> CurrentTime;
        public delegate* unmanaged[Cdecl]<Vfs*, int, byte*, int> LastError;
    }

    /// <summary><c>sqlite3_io_methods</c> of version 1.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IoMethods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> Close;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> Size;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Lock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Unlock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int*, int> CheckLock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, void*, int> Control;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> SectorSize;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> Characteristics;
    }
}
