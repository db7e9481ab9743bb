import glob,re,shutil,subprocess,sys
src,dst,program=sys.argv[1:4]
shutil.copytree(src,dst)
y=dst+'/2021/'
ask=lambda q: subprocess.run([program,'query','--data',src,'--format','csv',q],capture_output=True,text=True).stdout.lstrip('\ufeff').split()[1:]
drop=ask("select code from enterprises where city = '宿迁市'")+ask("select code from enterprises where city = '连云港市' order by track_count desc, code")[1:]
def read(p):
    b=open(p,'rb').read()
    for e in('utf-8-sig','gb18030'):
        try: return b.decode(e),e
        except UnicodeDecodeError: pass
for p in glob.glob(y+'*.csv')+glob.glob(y+'results/*.csv'):
    t,e=read(p)
    t=''.join(l for l in t.splitlines(True) if not any(d in l for d in drop))
    if p.endswith('agencies.csv'): t=t.replace('宿迁市', '泰州市').replace(',宿迁,', ',泰州,').replace(',江苏省泰州市,', ',泰州市,')
    open(p,'w',encoding=e,newline='').write(t)
for p in glob.glob(y+'results/*.xml'):
    t=open(p,encoding='utf-8').read()
    open(p,'w',encoding='utf-8').write(re.sub(r'<assessment enterprise="(%s)".*?</assessment>'%'|'.join(drop),'',t,flags=re.S))
for d in drop: shutil.rmtree(y+'scans/'+d,ignore_errors=True)
